"""When what was heard may be obeyed, and what is too much to cross at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from audio.engines import Transcript
from audio.events import Utterance
from audio.frames import Pcm
from hub.fields import MOST_WISHES
from hub.homes.demo import demo_home
from hub.judgement import MAY_GO_ON, WHOLE, Judge, Judgement
from intents.grammar import Grammar
from intents.wishes import NotUnderstood


@dataclass
class Ear:
    """Writes down what it is told to."""

    text: str

    def transcribe(self, _pcm: Pcm) -> Transcript:
        return Transcript(self.text, 0.9)


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar("en", demo_home())


def judged(grammar: Grammar, text: str, *, asked: bool = False) -> Judgement:
    heard = Utterance(np.zeros(16_000, np.int16), 0, 16_000, 16_000)
    return Judge(Ear(text), grammar, "Living Room", asked=asked).judge(heard, "")


@pytest.mark.parametrize("text", ["Yes.", "Stop.", "Undo that.", "Turn off the kitchen light."])
def test_what_is_whole_ends_at_once(grammar: Grammar, text: str) -> None:
    found = judged(grammar, text)
    assert found.is_whole(WHOLE)
    assert not found.is_whole(WHOLE / 2)


@pytest.mark.parametrize(
    "text", ["No.", "Turn off the kitchen light and turn on the bedroom lamp.", "Open the curtains"]
)
def test_what_may_go_on_is_waited_for(grammar: Grammar, text: str) -> None:
    found = judged(grammar, text)
    assert not found.is_whole(WHOLE)
    assert found.is_whole(MAY_GO_ON)


@pytest.mark.parametrize(
    "text", ["Turn off the kitchen light and", "Turn off the kitchen light, and the", "Right."]
)
def test_what_is_not_over_never_ends_early(grammar: Grammar, text: str) -> None:
    assert not judged(grammar, text).is_whole(2.0)


def test_one_word_ends_at_once_where_it_answers(grammar: Grammar) -> None:
    assert judged(grammar, "Both.", asked=True).is_whole(WHOLE)
    assert not judged(grammar, "Both.").is_whole(2.0)


def timers(minutes: Sequence[int]) -> str:
    return " and ".join(f"set a timer for {each} minutes" for each in minutes)


@pytest.mark.parametrize("count", range(1, MOST_WISHES + 3))
def test_so_many_wishes_cross_and_with_more_none(grammar: Grammar, count: int) -> None:
    found = judged(grammar, timers(range(5, 5 + count)))
    if count <= MOST_WISHES:
        assert isinstance(found.understanding, tuple)
        assert len(found.understanding) == count
        assert not found.too_much
    else:
        assert isinstance(found.understanding, NotUnderstood)
        assert found.too_much


def test_an_open_slot_that_is_too_long_is_too_much(grammar: Grammar) -> None:
    assert judged(grammar, f"add {'very ' * 30}old cheese to my shopping list").too_much
