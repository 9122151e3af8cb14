"""A microphone through PortAudio: any device, rate and channel count, brought to frames."""

import time
from collections.abc import Iterator
from queue import Empty, Full, Queue
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from audio.convert import Converter
from audio.frames import RATE, Frame
from audio.portaudio import portaudio, quiet
from audio.sample_clock import SampleClock
from audio.sound_devices import Direction, find

_BLOCK = 0.08
"""Seconds that PortAudio delivers at a time: each costs the same, however little it holds."""
_QUEUE = 25
"""Blocks: 2 s of sound wait for a slow listener, what comes after is dropped and counted."""
_PATIENCE = 2.0
"""Seconds without a block after which the device counts as lost."""
_WARM_UP = 5.0
"""Seconds that the first block may take: some sound servers begin slowly."""

Block = NDArray[np.int16]


class _Status(Protocol):
    """What PortAudio says with each block."""

    input_overflow: bool


class NoMicrophoneError(Exception):
    """There is no such device."""


class MicrophoneBusyError(Exception):
    """The device is there but cannot be opened."""


class MicrophoneLostError(Exception):
    """The device stopped delivering: unplugged, or its sound server ended."""


class Microphone:
    """Opened at construction: a sealed process can open nothing later."""

    def __init__(self, device: str | int | None = None) -> None:
        """`device`: PortAudio's name, part of it or its number; None is the system's default."""
        found = find(device, Direction.IN)
        if found is None:
            wanted = "no microphone" if device is None else f"no microphone {device!r}"
            raise NoMicrophoneError(f"There is {wanted}: plug one in, or name another device.")
        self.dropped = 0
        """Samples at 16 kHz lost because nobody took them in time."""
        self._rate = found.rate
        self._missed = 0
        self._patience = _WARM_UP
        self._clock = SampleClock()
        self._blocks: Queue[tuple[int, Block, float] | None] = Queue(_QUEUE)
        try:
            with quiet():
                self._stream = portaudio().InputStream(
                    samplerate=found.rate,
                    blocksize=round(found.rate * _BLOCK),
                    device=found.index,
                    channels=found.channels,
                    dtype="int16",
                    callback=self._take,
                )
                self._stream.start()
        except portaudio().PortAudioError as error:
            why = f"The microphone {found.name!r} cannot be opened ({error.args[0]})"
            raise MicrophoneBusyError(f"{why}: close the program that uses it.") from error

    def frames(self) -> Iterator[Frame]:
        """Sound as it comes, until `close`. A gap in `start` is sound that was dropped."""
        converter, start = Converter(), 0
        while (item := self._next()) is not None:
            missed, block, arrived = item
            lost = round(missed * RATE / self._rate)
            self.dropped += lost
            pcm = converter.sound(block, self._rate)
            frame = Frame(pcm, start + lost)
            self._clock.arrived(frame.end, arrived)
            yield frame
            start = frame.end

    def sample_at(self, moment: float) -> int:
        """Index of the sample that was heard then: seconds of time.monotonic()."""
        return self._clock.sample_at(moment)

    def moment_of(self, sample: int) -> float:
        """When it was heard, as `sample_at`."""
        return self._clock.moment_of(sample)

    def close(self) -> None:
        """Ends `frames`, from any thread."""
        self._stream.close()
        if self._blocks.full():
            self._blocks.get_nowait()
        self._blocks.put_nowait(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self, block: Block, length: int, _: object, status: _Status) -> None:
        """Called by PortAudio's thread, which must never wait."""
        if status.input_overflow:
            # PortAudio does not say how much was lost: a block makes the gap visible.
            self._missed += length
        try:
            self._blocks.put_nowait((self._missed, block.copy(), time.monotonic()))
            self._missed = 0
        except Full:
            self._missed += length

    def _next(self) -> tuple[int, Block, float] | None:
        """Samples missed, the block after them and when it came; None once closed."""
        try:
            item = self._blocks.get(timeout=self._patience)
        except Empty:
            raise MicrophoneLostError(
                "The microphone has stopped delivering sound: is it unplugged?"
            ) from None
        self._patience = _PATIENCE
        return item
