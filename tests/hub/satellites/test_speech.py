"""What is said to a satellite: whole, hardly sooner than it is heard, and hushed at once."""

import os
from dataclasses import dataclass, field

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hub.satellites.pacing import Begin, End, Pacing, Played, Sound, Step
from hub.satellites.speaking import SatelliteVoice
from hub.satellites.speech import RATE, Piece, Pieces, end, pieces


@dataclass
class Ear:
    """Follows an outlet's steps in its own time."""

    pacing: Pacing = field(default_factory=Pacing)
    now: float = 0.0
    steps: list[tuple[float, Step]] = field(default_factory=list)

    def say(self, number: int, seconds: float) -> None:
        sound = bytes(2 * round(seconds * RATE))
        for piece in Pieces().feed(b"".join((*pieces(number, sound), end(number)))):
            self.pacing.add(piece)

    def until(self, moment: float) -> None:
        while True:
            self.steps += [(self.now, step) for step in self.pacing.steps(self.now)]
            wait = self.pacing.wait(self.now)
            if wait is None or self.now + wait > moment:
                self.now = moment
                return
            self.now += max(wait, 0.001)

    def kinds(self) -> list[type[Step]]:
        found = [type(step) for _, step in self.steps]
        return [
            kind for at, kind in enumerate(found) if kind is not Sound or found[at - 1] is not Sound
        ]

    def heard(self) -> float:
        return sum(len(s.pcm) for _, s in self.steps if isinstance(s, Sound)) / 2 / RATE


def test_it_is_given_as_it_is_played_and_its_end_told_when_it_was() -> None:
    ear = Ear()
    ear.say(1, 3.0)
    ear.until(1.0)
    assert 1.2 <= ear.heard() <= 1.5
    ear.until(10.0)
    assert ear.kinds() == [Begin, Sound, End, Played]
    assert abs(ear.heard() - 3.0) < 0.001
    at, played = ear.steps[-1]
    assert played == Played(1, 3.0)
    assert 3.0 <= at <= 3.1


def test_one_after_the_other() -> None:
    ear = Ear()
    ear.say(1, 1.0)
    ear.say(2, 0.5)
    ear.until(10.0)
    assert ear.kinds() == [Begin, Sound, End, Played, Begin, Sound, End, Played]


def test_hushed_it_stops_and_says_so() -> None:
    ear = Ear()
    ear.say(1, 5.0)
    ear.say(2, 5.0)
    ear.until(1.0)
    ear.pacing.hush(2)
    ear.say(3, 0.2)
    ear.until(1.2)
    assert ear.heard() < 1.8
    numbers = [step.id for _, step in ear.steps if isinstance(step, Played)]
    assert numbers[:2] == [1, 2]
    ear.until(5.0)
    assert ear.kinds()[-4:] == [Begin, Sound, End, Played]


def test_nothing_to_say_has_an_end_too() -> None:
    ear = Ear()
    ear.say(7, 0.0)
    ear.until(1.0)
    assert [step for _, step in ear.steps] == [Played(7, 0.0)]


@given(
    size=st.integers(0, 20_000),
    cuts=st.lists(st.integers(0, 21_000), max_size=6),
)
def test_pieces_are_the_same_on_any_cut(size: int, cuts: list[int]) -> None:
    stream = b"".join((*pieces(5, b"\1" * size), end(5)))
    read, found, at = Pieces(), list[Piece](), 0
    for cut in (*sorted(min(cut, len(stream)) for cut in cuts), len(stream)):
        found += list(read.feed(stream[at:cut]))
        at = cut
    assert found[-1] == Piece(5, b"")
    assert b"".join(piece.sound for piece in found) == b"\1" * size


def test_nobody_reading_does_not_hold_the_mouth_up() -> None:
    """A pipe of 64 kB takes a second and a half; the rest is left out after a while."""
    ours, theirs = os.pipe()
    voice = SatelliteVoice(theirs)
    voice.say(1, [(np.zeros(16_000 * 10, np.int16), 16_000)], 100.0)
    free = []
    for now in (101.9, 102.1):
        voice.go_on(now)
        free.append(voice.is_free)
    assert free == [False, True]
    assert 0 < len(os.read(ours, 1_000_000)) <= 65_536
    voice.say(2, [], 103.0)
    assert list(Pieces().feed(os.read(ours, 100))) == [Piece(2, b"")]
    os.close(ours)
    os.close(theirs)
