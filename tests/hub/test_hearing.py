"""When a turn ends: a command at once, what may go on later, what is unfinished last of all."""

from pathlib import Path

import numpy as np
import pytest

from audio.frames import Frame, Pcm
from hub.ears import make_hearing
from hub.hearing import Hearing
from hub.homes.demo import demo_home
from hub.messages import Heard
from hub.settings import EngineChoice, Hear
from hub.shelf.shelf import open_shelf
from intents.custom import load_custom
from intents.grammar import Grammar
from intents.home import Home
from tests.hub.recordings import pause, spoken

pytestmark = pytest.mark.usefixtures("models")
EARS = Hear(wake=None, vad=EngineChoice(engine="silero"), asr=EngineChoice(engine="whisper"))


@pytest.fixture(scope="module")
def hearing() -> Hearing:
    made = make_hearing(EARS, open_shelf())
    made.learn(demo_home())
    return made


def answers(hearing: Hearing, *parts: Pcm) -> list[Heard]:
    sound = np.concatenate((pause(0.4), *parts, pause(2.5)))
    reports = list(hearing.feed(Frame(sound, 0)))  # a new stream, since it begins at 0 again
    return [r for r in reports if isinstance(r, Heard)]


def trimmed(sound: Pcm) -> Pcm:
    """Less the silence around it."""
    loud = np.flatnonzero(np.abs(sound.astype(int)) > 300)
    return sound[loud[0] : loud[-1]]


@pytest.mark.parametrize(
    ("sentence", "shortest", "longest"),
    [
        ("Turn on the kitchen light.", 0.19, 0.3),
        ("Close the living room curtains.", 0.6, 0.7),
    ],
)
def test_a_command_is_done_at_once_unless_more_could_matter(
    hearing: Hearing, sentence: str, shortest: float, longest: float
) -> None:
    [heard] = answers(hearing, spoken(sentence))
    assert shortest <= heard.seconds.vad <= longest


ORDERS = """
language: en
intents:
  Order:
    data:
      - sentences: ["bring me a {size} {drink} [with {extra}]"]
lists:
  size: {values: [small, large]}
  drink: {values: [coffee, tea]}
  extra: {values: [milk, sugar]}
"""


def test_an_order_of_ones_own_is_waited_for_only_while_it_may_go_on(tmp_path: Path) -> None:
    file = tmp_path / "orders.yaml"
    file.write_text(ORDERS)
    orders = Grammar("en", Home(), load_custom(file, "en"))
    orders.prepare_to_hear()
    barista = make_hearing(EARS, open_shelf(), orders)
    [short] = answers(barista, spoken("Bring me a large coffee."))
    assert 0.6 <= short.seconds.vad <= 0.7
    [whole] = answers(barista, spoken("Bring me a large coffee with milk."))
    assert 0.19 <= whole.seconds.vad <= 0.3
    begun, rest = trimmed(spoken("Bring me a large coffee")), trimmed(spoken("with milk."))
    [amended] = answers(barista, begun, pause(0.35), rest)
    assert amended.wishes[0].slots == whole.wishes[0].slots


def test_a_pause_in_the_middle_is_waited_for_and_the_rest_amends(hearing: Hearing) -> None:
    [heard] = answers(hearing, spoken("Turn off the"), pause(0.5), spoken("kitchen light."))
    assert heard.wishes[0].intent == "HassTurnOff"
    assert heard.wishes[0].slots["name"] == "Kitchen Light"


def test_half_a_command_is_not_acted_on(hearing: Hearing) -> None:
    for half in ("Turn on the", "Unlock", "Set the bedroom lamp to", "Close the", "Turn off"):
        assert not answers(hearing, spoken(half))
