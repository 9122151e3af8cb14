"""The mouth speaks in several places at once; what is long in one holds up no other."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from errno import ENOSPC

import msgspec
import numpy as np
import pytest

from audio.frames import Pcm
from audio.speaker import NoSpeakerError
from hub.fields import MICROPHONE
from hub.messages import Closed, FromMouth, Hush, Say, Spoken, State, ToMouth
from hub.mouth import Mouth, Speech
from hub.orders import Order, Orders
from hub.pipes import Reader, Writer
from hub.player import Player
from hub.satellites.speaking import SatelliteVoice
from hub.satellites.speech import RATE, Piece, Pieces
from tests.hub.running import wait_until

KITCHEN = "satellite.kitchen"
STANDING = (
    Closed(source="mouth", level="A"),
    State(source="mouth", state="idle", reason="There is no loudspeaker."),
)


class Voice:
    """A second of sound for each letter."""

    rate = RATE

    def speak(self, text: str) -> Pcm:
        return np.ones(RATE * len(text), np.int16)


class Loudspeaker:
    """Plays until it is told to stop, or let go on, or torn out."""

    def __init__(self) -> None:
        self.began: list[int] = []
        self.heard = threading.Event()
        self.gone = False

    def play(self, pcm: Pcm, rate: int, go_on: Callable[[float], bool]) -> None:
        self.began.append(round(len(pcm) / rate))
        while go_on(0.0) and not self.heard.wait(0.01):
            if self.gone:
                raise NoSpeakerError("The loudspeaker stopped: is it unplugged?")

    def close(self) -> None:
        pass


@dataclass
class Line:
    """A mouth in a thread, its house, and the outlet of a satellite."""

    loudspeaker: Loudspeaker
    house: Writer
    reader: Reader[FromMouth]
    outlet: int
    pieces: Pieces = field(default_factory=Pieces)
    there: list[Piece] = field(default_factory=list)
    told: list[FromMouth] = field(default_factory=list)
    failed: list[NoSpeakerError] = field(default_factory=list)

    def say(self, number: int, text: str, to: str = MICROPHONE) -> None:
        self.house.send(Say(id=number, text=text, to=to))

    def ends_here(self, number: int) -> None:
        def has() -> bool:
            self.told += self.reader.poll()
            return number in [each.id for each in self.told if isinstance(each, Spoken)]

        wait_until(has, 10, lambda: f"the end of {number}: {self.told}")

    def ends_there(self, number: int) -> None:
        def has() -> bool:
            with suppress(BlockingIOError):
                self.there += self.pieces.feed(os.read(self.outlet, 1_000_000))
            return Piece(number, b"") in self.there

        wait_until(has, 10, lambda: f"the end of {number}")


@pytest.fixture
def line() -> Iterator[Line]:
    down, up, there = os.pipe(), os.pipe(), os.pipe()
    os.set_blocking(there[0], False)
    made = Line(
        Loudspeaker(),
        Writer(down[1]),
        Reader(up[0], msgspec.json.Decoder(FromMouth)),
        there[0],
    )
    reader = Reader(down[0], msgspec.json.Decoder(ToMouth))
    orders, teller = Orders(reader), Writer(up[1])
    player = Player(made.loudspeaker, None, orders.is_hushed, teller.send)
    elsewhere = {KITCHEN: SatelliteVoice(there[1])}
    mouth = Mouth(Speech(Voice()), player, elsewhere, STANDING, teller)

    def live() -> None:
        try:
            mouth.speak_for_ever(orders, reader)
        except NoSpeakerError as error:
            made.failed.append(error)

    thread = threading.Thread(target=live)
    thread.start()
    yield made
    os.close(down[1])
    thread.join(5)
    player.close()
    for fd in (down[0], *up, *there):
        os.close(fd)


def test_a_satellite_is_answered_while_a_long_answer_is_heard_at_the_hub(line: Line) -> None:
    line.say(1, "a long story")
    wait_until(lambda: line.loudspeaker.began == [12], 5)
    line.say(2, "a", KITCHEN)
    line.ends_there(2)
    assert line.loudspeaker.began == [12]
    line.say(3, "no")
    line.loudspeaker.heard.set()
    line.ends_here(3)
    assert line.loudspeaker.began == [12, 2]


def test_the_hub_is_heard_while_a_satellite_takes_nothing(line: Line) -> None:
    """Its pipe holds a second and a half."""
    line.loudspeaker.heard.set()
    line.say(1, "a long story", KITCHEN)
    line.say(2, "a", KITCHEN)
    line.say(3, "no")
    line.ends_here(3)
    line.ends_there(1)
    line.ends_there(2)


def test_a_hush_ends_what_is_heard_here_and_nothing_there(line: Line) -> None:
    line.say(1, "a long story")
    wait_until(lambda: line.loudspeaker.began == [12], 5)
    line.say(2, "another")
    line.say(3, "a", KITCHEN)
    line.house.send(Hush())
    line.ends_here(2)
    line.ends_there(3)
    assert line.loudspeaker.began == [12]


def test_a_greeting_is_answered_with_how_it_stands(line: Line) -> None:
    line.say(1, "")
    line.ends_here(1)
    assert line.told[:2] == list(STANDING)


def test_a_loudspeaker_that_is_torn_out_is_told(line: Line) -> None:
    line.say(1, "a long story")
    line.loudspeaker.gone = True
    wait_until(lambda: line.failed, 5)


class Broken:
    """A file on a disk that is full."""

    def play(self, pcm: Pcm, rate: int, go_on: Callable[[float], bool]) -> None:
        raise OSError(ENOSPC, "No space left on device")

    def close(self) -> None:
        pass


def test_whatever_goes_wrong_while_it_plays_is_told_to_who_asks() -> None:
    """Or no alarm would ever be heard again."""
    player = Player(Broken(), None, lambda _: False, lambda _: None)
    player.say(Order(1, Say(id=1, text="no")), Speech(Voice()).sounds(Say(id=1, text="no")))

    def is_told() -> bool:
        try:
            assert not player.is_free
        except OSError:
            return True
        return False

    wait_until(is_told, 5)
