"""A satellite as the hub meets it: streams sound paced like life, keeps what it is told."""

import asyncio
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
from wyoming.audio import AudioChunk
from wyoming.event import Event, async_read_event, async_write_event
from wyoming.pipeline import PipelineStage, RunPipeline

from audio.frames import RATE, Pcm
from tests.hub.running import wait_until
from tests.mosquitto import free_port

_CHUNK = 1_024
"""Samples, as wyoming-satellite sends them."""


@dataclass
class Satellite:
    """Serves in a thread of its own. `stage`: wake, or asr where it hears wake words by itself:
    what it is to hear wakes it, and it sends sound until it is told `transcript`, as
    wyoming-satellite does.
    """

    stage: PipelineStage = PipelineStage.WAKE
    port: int = field(default_factory=free_port)
    told: list[Event] = field(default_factory=list)
    said_at: list[float] = field(default_factory=list)
    """When each sound that its microphone heard was over: seconds of time.monotonic()."""
    _is_awake: bool = False
    _to_say: list[Pcm] = field(default_factory=list)
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._thread.start()
        assert self._up.wait(10)

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self._up.set()
        await self._over.wait()
        server.close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0.1)  # their ends

    def hear(self, *sounds: Pcm) -> None:
        """What its microphone hears next."""
        self._to_say += sounds

    def types(self) -> Sequence[str]:
        return [event.type for event in self.told]

    def wait_for(self, kind: str, times: int = 1) -> None:
        """Fails when it has not been told that so often in time."""
        wait_until(lambda: self.types().count(kind) >= times, 30, lambda: f"{kind}: {self.types()}")

    @property
    def connected(self) -> int:
        return sum(not writer.is_closing() for writer in self._writers)

    def send_raw(self, content: bytes) -> None:
        """Bytes that may be no event at all."""
        for writer in self._writers:
            self._loop.call_soon_threadsafe(writer.write, content)

    def speech(self) -> Pcm:
        """All that it was to play."""
        chunks = [e.payload for e in self.told if AudioChunk.is_type(e.type) and e.payload]
        return np.frombuffer(b"".join(chunks), np.int16)

    def hang_up(self) -> None:
        """The connection is lost."""
        for writer in self._writers:
            self._loop.call_soon_threadsafe(writer.transport.abort)

    def stop(self) -> None:
        """Also again."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join(10)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        streaming = None
        with suppress(OSError):
            while (event := await async_read_event(reader)) is not None:
                self.told.append(event)
                if event.type in ("run-satellite", "transcript"):
                    self._is_awake = False
                if event.type == "run-satellite":
                    streaming = asyncio.create_task(self._stream(writer))
        if streaming is not None:
            streaming.cancel()
        writer.close()

    async def _stream(self, writer: asyncio.StreamWriter) -> None:
        silent = np.zeros(_CHUNK, np.int16)
        if self.stage is PipelineStage.WAKE:
            await self._begin(writer)
        sent, started, rest = 0, time.monotonic(), silent[:0]
        while True:
            began = bool(self._to_say) and not len(rest)
            if began:
                rest = self._to_say.pop(0)
            if self.stage is PipelineStage.ASR and not self._is_awake:
                rest = rest if began else silent[:0]
                self._is_awake = began
                if began:
                    await self._begin(writer)
            chunk, rest = rest[:_CHUNK], rest[_CHUNK:]
            if self._is_awake or self.stage is PipelineStage.WAKE:
                padded = np.concatenate((chunk, silent[len(chunk) :]))
                await async_write_event(AudioChunk(RATE, 2, 1, padded.tobytes()).event(), writer)
            if len(chunk) and not len(rest):
                self.said_at.append(time.monotonic())
            sent += _CHUNK
            await asyncio.sleep(max(0.0, started + sent / RATE - time.monotonic()))

    async def _begin(self, writer: asyncio.StreamWriter) -> None:
        await async_write_event(RunPipeline(self.stage, PipelineStage.TTS).event(), writer)
