"""A command cut anywhere never raises, never hangs, and is never taken for another command.

Only a number that is cut inside its word may be heard as another ("thir-" as three): no ear can
tell, and sound that is really lost ends the turn before it is understood.
"""

import random

import numpy as np
import pytest

from audio.frames import RATE, Frame
from hub.ears import make_hearing
from hub.hearing import Hearing
from hub.homes.demo import demo_home
from hub.messages import Heard
from hub.settings import EngineChoice, Hear
from hub.shelf.shelf import open_shelf
from intents.grammar import Grammar
from intents.wishes import NotUnderstood, Slot, Slots, Wish
from tests.hub.recordings import pause, spoken

pytestmark = [pytest.mark.usefixtures("models"), pytest.mark.slow]

SENTENCES = (
    "Turn on the kitchen light.",
    "Turn off all the lights in the living room.",
    "Set the bedroom lamp to thirty percent.",
    "Close the living room curtains.",
    "Set a timer for twenty five minutes.",
    "Is the front door locked?",
    "Do not turn on the kitchen light.",
)
CUTS = 10


@pytest.fixture(scope="module")
def hearing() -> Hearing:
    ears = Hear(wake=None, vad=EngineChoice(engine="silero"), asr=EngineChoice(engine="whisper"))
    made = make_hearing(ears, open_shelf())
    made.learn(demo_home())
    return made


def meant(grammar: Grammar, sentence: str) -> list[Wish]:
    """The whole, and every beginning that is a command by itself."""
    words = sentence.rstrip(".?").split()
    found = [grammar.parse(" ".join(words[: n + 1])) for n in range(len(words))]
    return [wish for each in found if not isinstance(each, NotUnderstood) for wish in each]


def _less_numbers(intent: str, slots: Slots) -> tuple[str, dict[str, Slot]]:
    numbers = {name: "a number" for name, value in slots.items() if not isinstance(value, str)}
    return intent, {**slots, **numbers}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_cut_anywhere(hearing: Hearing, sentence: str) -> None:
    allowed = [_less_numbers(w.intent, w.slots) for w in meant(hearing.grammar, sentence)]
    sound, source = spoken(sentence), random.Random(sentence)
    for _ in range(CUTS):
        cut = source.randrange(RATE // 2, len(sound))
        whole = np.concatenate((pause(0.3), sound[:cut], pause(2.5)))
        reports = list(hearing.feed(Frame(whole, 0)))
        heard = [w for r in reports if isinstance(r, Heard) for w in r.wishes]
        wrong = [w for w in heard if _less_numbers(w.intent, w.slots) not in allowed]
        assert not wrong, f"cut at {cut / RATE:.2f} s: {wrong}, {wrong[0].slots}"
