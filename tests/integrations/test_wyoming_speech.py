"""The protocol for sound, with ears and a voice that only count what they are given."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.event import Event
from wyoming.info import Describe, Info
from wyoming.wake import Detect

from integrations.wyoming.hearing import Format
from integrations.wyoming.offers import Offer, Offers
from integrations.wyoming.speaking import parted, pieces
from integrations.wyoming.speech import LARGEST_SOUND, SpeechServer
from integrations.wyoming.talks import CONNECTIONS
from integrations.wyoming.wire import Refused
from tests.integrations.wyoming_fuzz import ANSWERS, SAID, answered, kinds

ALL = Offers(
    name="Hub",
    version="1",
    asr=(Offer("ear", "somebody", "", ("en",)),),
    tts=(Offer("voice", "somebody", "", ("en",)),),
    wake=(Offer("hey_jarvis", "somebody", "", ("en",), "hey jarvis"),),
)


@dataclass
class CountingEars:
    """Five bytes are a wake word."""

    free: int = 2

    def utterance(self, form: Format) -> "Counted":
        return Counted(self, form)

    def vigil(self, form: Format, words: frozenset[str]) -> "Watched":
        if not self.free:
            raise Refused("Too many.")
        self.free -= 1
        return Watched(self, form)


@dataclass
class Counted:
    ears: CountingEars
    form: Format
    heard: int = 0

    async def add(self, sound: bytes) -> None:
        self.heard += len(sound)

    async def words(self) -> str:
        return f"{self.heard} bytes at {self.form.rate}"


@dataclass
class Watched:
    ears: CountingEars
    form: Format

    async def add(self, sound: bytes) -> Sequence[str]:
        return ["hey_jarvis"] if len(sound) == 5 else []

    def close(self) -> None:
        self.ears.free += 1


@dataclass
class Spelling:
    form: Format = field(default_factory=lambda: Format(16_000, 2, 1))

    async def speak(self, text: str) -> bytes:
        return text.encode()


@contextmanager
def uncounted(_line: socket.socket) -> Iterator[None]:
    yield


@asynccontextmanager
async def served(ears: CountingEars | None = None, offers: Offers = ALL) -> AsyncIterator[int]:
    voice = Spelling() if offers.tts else None
    server = SpeechServer(offers, ears or CountingEars(), voice, uncounted)
    with socket.create_server(("127.0.0.1", 0)) as port:
        task = asyncio.create_task(server.run(port))
        try:
            yield port.getsockname()[1]
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def asked(port: int, *said: Event) -> Event | None:
    async with AsyncTcpClient("127.0.0.1", port) as client:
        for event in said:
            await client.write_event(event)
        told: Event | None = await client.read_event()
        return told


def chunk(sound: bytes, rate: int = 16_000) -> Event:
    event: Event = AudioChunk(rate, 2, 1, sound).event()
    return event


async def test_sound_without_a_word_before_it_is_written_down() -> None:
    async with served() as port:
        told = await asked(port, chunk(b"abc"), chunk(b"de"), AudioStop().event())
        assert told is not None
        assert Transcript.from_event(told).text == "5 bytes at 16000"
        told = await asked(port, Transcribe().event(), AudioStop().event())
        assert told is not None
        assert Transcript.from_event(told).text == ""


async def test_a_vigil_ends_with_its_connection() -> None:
    ears = CountingEars(free=1)
    async with served(ears) as port:
        told = await asked(port, Detect().event(), chunk(b"abcde"))
        assert told is not None
        assert (told.type, told.data["name"]) == ("detection", "hey_jarvis")
        told = await asked(port, Detect().event(), chunk(b"abc"), AudioStop().event())
        assert told is not None
        assert told.type == "not-detected"
        assert ears.free == 1


async def test_a_format_does_not_change_in_the_middle() -> None:
    async with served() as port:
        told = await asked(port, chunk(b"abc"), chunk(b"abc", 22_050))
        assert told is not None
        assert "changes its format" in Error.from_event(told).text


async def test_what_is_not_lent_is_not_offered_and_refused() -> None:
    async with served(offers=Offers(name="Hub", version="1", wake=ALL.wake)) as port:
        told = await asked(port, Describe().event())
        assert told is not None
        info = Info.from_event(told)
        assert (len(info.asr), len(info.tts), len(info.wake)) == (0, 0, 1)
        for event in (chunk(b"abcd"), Event("synthesize", {"text": "hello"})):
            told = await asked(port, event)
            assert told is not None
            assert "is not lent here" in Error.from_event(told).text


async def test_a_long_text_in_pieces_is_spoken_to_its_end() -> None:
    """Home Assistant sends it as a whole as well, which is more than other events may be."""
    sentence = "The light in the kitchen is on. "
    async with served() as port, AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(Event("synthesize-start"))
        for _ in range(400):
            await client.write_event(Event("synthesize-chunk", {"text": sentence}))
        await client.write_event(Event("synthesize", {"text": sentence * 400}))
        await client.write_event(Event("synthesize-stop"))
        said, kind = b"", ""
        while kind != "synthesize-stopped":
            told = await client.read_event()
            assert told is not None
            said, kind = said + (told.payload or b""), told.type
    assert said.decode() == sentence.strip() * 400


@pytest.mark.parametrize("size", [LARGEST_SOUND + 1, 10**12, -1])
async def test_too_much_sound_is_refused_before_it_is_read(size: int) -> None:
    line = json.dumps({"type": "audio-chunk", "payload_length": size}).encode() + b"\n"
    async with served() as port:
        found = await asyncio.to_thread(answered, port, line)
    assert kinds(found) == ["error"]


async def test_more_connections_than_are_of_use_are_closed() -> None:
    async with served() as port:
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
        await asyncio.sleep(0.1)
        refused = await asyncio.to_thread(answered, port, b'{"type":"describe"}\n')
        for _, writer in held:
            writer.close()
            await writer.wait_closed()
        assert refused == b""
        await asyncio.sleep(0.1)
        assert await asked(port, Describe().event()) is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SAID, min_size=1, max_size=3))
def test_whatever_comes_in_it_lives_and_loses_no_ear(talks: list[bytes]) -> None:
    asyncio.run(_lives_through(talks))


async def _lives_through(talks: list[bytes]) -> None:
    ears = CountingEars()
    async with asyncio.timeout(30), served(ears) as port:
        for said in talks:
            assert ANSWERS.issuperset(kinds(await asyncio.to_thread(answered, port, said)))
        assert await asked(port, Describe().event()) is not None
        assert ears.free == 2


@given(st.text(alphabet=st.sampled_from("ab .!?\n:é…"), max_size=900))
def test_nothing_is_left_unsaid(text: str) -> None:
    whole, rest = parted(text)
    assert whole + rest == text
    said = pieces(text)
    assert all(0 < len(piece) <= 400 for piece in said)
    letters = [c for c in text if c.isalnum()]
    assert [c for piece in said for c in piece if c.isalnum()] == letters


def test_a_sentence_is_one_piece() -> None:
    text = "Dr. Who is at the front door. He has come a long way, and he is cold. OK?"
    assert pieces(text) == [
        "Dr. Who is at the front door.",
        "He has come a long way, and he is cold.",
        "OK?",
    ]
    assert parted("The window is open in the office. And")[0] == "The window is open in the office."
    assert parted("It is 3.5 degrees") == ("", "It is 3.5 degrees")
