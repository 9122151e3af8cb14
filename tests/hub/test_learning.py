"""A recogniser that can be bound to a home is told its words, and those of a changed home."""

from collections.abc import Sequence

from audio.engines import Transcript
from audio.frames import Pcm
from audio.listener import Listener, Options
from hub.hearing import Hearing
from hub.homes.demo import demo_home
from intents.grammar import Grammar
from intents.home import Home


class Ear:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[Sequence[str]] = []

    def learn(self, phrases: Sequence[str]) -> None:
        self.told.append(phrases)

    def transcribe(self, _: Pcm) -> Transcript:
        return Transcript("", 0.0)


class NoSpeech:
    hop = 512

    def score(self, _: Pcm) -> float:
        return 0.0

    def reset(self) -> None:
        pass


def test_the_home_is_told_at_the_start_and_when_it_changes() -> None:
    ear = Ear()
    hearing = Hearing(Listener(None, NoSpeech(), Options()), ear, Grammar("en", Home()))
    hearing.learn(demo_home())
    hearing.learn(demo_home())
    before, after = ear.told
    assert "turn" in before
    assert "kitchen light" not in before
    assert "kitchen light" in after
