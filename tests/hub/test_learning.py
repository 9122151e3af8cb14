"""A recogniser that can be bound to a home is told its words, and those of a changed home."""

from collections.abc import Sequence
from pathlib import Path

from audio.engines import Transcript
from audio.frames import Pcm
from audio.listener import Listener, Options
from hub.hearing import Hearing
from hub.homes.demo import demo_home
from intents.added import load_added
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


def test_a_changed_home_keeps_the_owners_own_sentences() -> None:
    added = load_added([Path(__file__).parents[1] / "custom_sentences"], "en")
    hearing = Hearing(
        Listener(None, NoSpeech(), Options()), Ear(), Grammar("en", Home(), added=added)
    )
    hearing.learn(demo_home())
    understood = hearing.grammar.parse("I need caffeine")
    assert isinstance(understood, tuple)
    assert understood[0].intent == "MakeCoffee"
