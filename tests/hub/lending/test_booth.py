"""The booth itself: real models behind a real seal, used by the protocol's own client."""

import asyncio
import json
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from wyoming.asr import Transcribe
from wyoming.audio import AudioChunk, AudioStart
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.event import Event
from wyoming.info import Describe, Info
from wyoming.tts import (
    Synthesize,
    SynthesizeChunk,
    SynthesizeStart,
    SynthesizeStop,
)
from wyoming.wake import Detect

from audio.convert import converted
from audio.frames import RATE, Pcm
from hub.messages import Closed
from tests.hub.lending.booth import RunningBooth
from tests.hub.lending.client import found, next_event, send, spoken_events, written
from tests.hub.recordings import pause, recorded, spoken
from tests.integrations.wyoming_fuzz import ANSWERS, SAID, answered, kinds

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models")]


@pytest.fixture(scope="module")
def booth() -> Iterator[RunningBooth]:
    with RunningBooth() as running:
        yield running


@pytest.fixture(scope="module")
def people(data: Path) -> list[tuple[Pcm, str]]:
    """Recordings of people, and what they say."""
    folder = data / "voice_commands" / "home_misc"
    labels = map(json.loads, (folder / "labels.jsonl").read_text().splitlines())
    return [(recorded(folder / each["audio"]), each["text"]) for each in labels]


def plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum() or c == " ").strip()


def test_it_is_sealed_before_it_accepts(booth: RunningBooth) -> None:
    assert isinstance(booth.said[0], Closed)
    assert booth.said[0].level in ("A", "B", "C")
    status = Path(f"/proc/{booth.process.pid}/status").read_text()
    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status


def test_it_says_what_it_lends(booth: RunningBooth) -> None:
    [event] = asyncio.run(spoken_events(booth.port, Describe().event(), until="info"))
    info = Info.from_event(event)
    assert [each.models[0].name for each in info.asr] == ["whisper-tiny.en"]
    assert [each.voices[0].languages for each in info.tts] == [["en"]]
    assert [each.phrase for each in info.wake[0].models] == ["hey jarvis"]
    assert "CC BY-NC-SA" in info.wake[0].models[0].attribution.name
    assert not info.handle
    assert not info.satellite


def test_what_people_say_is_written_down(
    booth: RunningBooth, people: list[tuple[Pcm, str]]
) -> None:
    heard = [asyncio.run(written(booth.port, pcm.tobytes())) for pcm, _ in people]
    assert list(map(plain, heard)) == [plain(text) for _, text in people]


@pytest.mark.parametrize(
    ("rate", "kind", "channels"),
    [(44_100, "<i4", 2), (8_000, "<i2", 1), (48_000, "<i2", 8), (16_000, "u1", 1)],
)
def test_other_formats_are_taken(booth: RunningBooth, rate: int, kind: str, channels: int) -> None:
    wide = converted(spoken("Turn on the kitchen light."), RATE, rate).astype(np.int32)
    scaled = {"<i4": wide << 16, "<i2": wide, "u1": (wide >> 8) + 128}[kind].astype(kind)
    sound = np.repeat(scaled[:, np.newaxis], channels, axis=1).tobytes()
    width = np.dtype(kind).itemsize
    heard = asyncio.run(written(booth.port, sound, rate, width, channels))
    assert plain(heard) == "turn on the kitchen light"


@pytest.mark.parametrize("seconds", [0.0, 0.01, 3.0])
def test_where_nothing_is_said_nothing_is_written(booth: RunningBooth, seconds: float) -> None:
    noise = np.random.default_rng(1).normal(0, 300, round(seconds * RATE)).astype(np.int16)
    assert asyncio.run(written(booth.port, noise.tobytes())) == ""


def test_what_is_spoken_can_be_understood(booth: RunningBooth) -> None:
    asked = Synthesize("Please turn on the kitchen light.").event()
    start, *chunks, stop = asyncio.run(spoken_events(booth.port, asked, until="audio-stop"))
    assert (start.type, stop.type) == ("audio-start", "audio-stop")
    sound = b"".join(chunk.payload or b"" for chunk in chunks)
    form = (start.data["rate"], start.data["width"], start.data["channels"])
    heard = asyncio.run(written(booth.port, sound, *form))
    assert plain(heard) == "please turn on the kitchen light"


def test_a_text_that_comes_in_pieces_is_spoken_sentence_by_sentence(booth: RunningBooth) -> None:
    pieces = ("The kitchen light ", "is on. And the window", " in the office is open.")
    asked = (
        SynthesizeStart().event(),
        *(SynthesizeChunk(text=piece).event() for piece in pieces),
        Synthesize(text="".join(pieces)).event(),  # for those who take no pieces
        SynthesizeStop().event(),
    )
    events = asyncio.run(spoken_events(booth.port, *asked, until="synthesize-stopped"))
    kinds = [each.type for each in events if each.type != "audio-chunk"]
    assert kinds == ["audio-start", "audio-stop", "synthesize-stopped"]
    sound = b"".join(each.payload or b"" for each in events)
    heard = plain(asyncio.run(written(booth.port, sound, events[0].data["rate"])))
    assert heard == "the kitchen light is on and the window in the office is open"


def test_wake_words_are_found_and_only_those_that_were_asked_for(booth: RunningBooth) -> None:
    said = np.concatenate([pause(1), spoken("Hey Jarvis"), pause(1)])
    [event] = asyncio.run(found(booth.port, said, ["hey_jarvis"]))
    assert (event.type, event.data["name"]) == ("detection", "hey_jarvis")
    other = np.concatenate([pause(1), spoken("What a nice day it is."), pause(1)])
    [event] = asyncio.run(found(booth.port, other))
    assert event.type == "not-detected"


async def _refused(port: int, *asked: Event) -> str:
    async with AsyncTcpClient("127.0.0.1", port) as client:
        for event in asked:
            await client.write_event(event)
        told = await next_event(client)
        assert Error.is_type(told.type), told
        return Error.from_event(told).text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Detect(names=["computer"]).event(), "hey_jarvis"),
        (Transcribe(language="de").event(), "Languages here: en."),
        (Event("synthesize", {"text": "a", "text_format": "ssml"}), "as it is"),
        (Event("synthesize", {"text": "a", "voice": {"name": "other"}}), "Voices here: hibari."),
        (AudioChunk(16_000, 3, 1, b"abc").event(), "of 1, 2 or 4 bytes"),
        (AudioChunk(10**9, 2, 1, b"abcd").event(), "96,000 samples a second"),
        (Event("transcript", {"text": "turn on the lamp"}), "no event that is taken here"),
    ],
)
def test_what_is_not_taken_is_refused_in_words(
    booth: RunningBooth, asked: Event, words: str
) -> None:
    assert words in asyncio.run(_refused(booth.port, asked))


def test_an_utterance_has_an_end(booth: RunningBooth) -> None:
    second = AudioChunk(RATE, 2, 1, bytes(2 * RATE)).event()
    said = asyncio.run(_refused(booth.port, AudioStart(RATE, 2, 1).event(), *[second] * 31))
    assert said == "An utterance has at most 30 seconds."


def test_two_at_once_and_one_that_hangs(booth: RunningBooth, people: list[tuple[Pcm, str]]) -> None:
    """One says half a sentence and no more, one breaks off; the others are served meanwhile."""

    async def together() -> list[str]:
        async with AsyncTcpClient("127.0.0.1", booth.port) as hangs:
            await hangs.write_event(Transcribe().event())
            await hangs.write_event(AudioChunk(RATE, 2, 1, people[0][0][:8_000].tobytes()).event())
            _break_off(booth.port)
            some = [written(booth.port, pcm.tobytes()) for pcm, _ in people[:2]]
            return list(await asyncio.gather(*some))

    assert list(map(plain, asyncio.run(together()))) == [text for _, text in people[:2]]


def _break_off(port: int) -> None:
    """In the middle of an event, with a reset."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b'{"type": "audio-chunk", "payload_length": 100000}\nabc')
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_more_vigils_than_it_keeps_are_refused_and_given_back(booth: RunningBooth) -> None:
    async def many() -> list[str]:
        clients = [AsyncTcpClient("127.0.0.1", booth.port) for _ in range(5)]
        for client in clients:
            await client.connect()
            await client.write_event(Detect().event())
            await client.write_event(AudioChunk(RATE, 2, 1, bytes(200)).event())
            await client.write_event(Event("ping", {"text": "there"}))
        kinds = [(await next_event(client)).type for client in clients]
        for client in clients:
            await client.disconnect()
        return kinds

    assert sorted(asyncio.run(many())) == ["error", "pong", "pong", "pong", "pong"]
    assert sorted(asyncio.run(many())) == ["error", "pong", "pong", "pong", "pong"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=SAID)
def test_whatever_comes_in_it_goes_on(booth: RunningBooth, said: bytes) -> None:
    assert ANSWERS.issuperset(kinds(answered(booth.port, said)))
    assert kinds(answered(booth.port, b'{"type":"describe"}\n')) == ["info"]
    assert booth.process.poll() is None


def test_it_counts_what_it_did(people: list[tuple[Pcm, str]]) -> None:
    with RunningBooth(tts=False, wake=False) as booth:
        sound = people[0][0].tobytes()
        words = asyncio.run(written(booth.port, sound))
        said = asyncio.run(_refused(booth.port, Synthesize("Hello.").event()))
        assert said == "Text to speech is not lent here."
        lent = booth.end()
    assert (lent.connections, lent.written, lent.spoken, lent.woken) == (2, 1, 0, 0)
    assert len(sound) < lent.bytes_in < 1.3 * len(sound) + 1_000
    assert len(words) < lent.bytes_out < 1_000


def test_what_was_said_stays_with_who_said_it(booth: RunningBooth) -> None:
    """Neither its next client nor the house learns of it."""

    async def others() -> list[Event]:
        async with AsyncTcpClient("127.0.0.1", booth.port) as client:
            await client.write_event(Transcribe().event())
            await send(client, spoken("My secret word is strawberry.").tobytes())
            assert "strawberry" in (await next_event(client)).data["text"].lower()
            return await spoken_events(
                booth.port, Describe().event(), Transcribe().event(), until="info"
            )

    events = asyncio.run(others())
    assert "strawberry" not in str([each.data for each in events]).lower()
    assert "strawberry" not in str(booth.said).lower()
