"""The running hub proposes a sensitivity from what it has heard, and only when its owner asks."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from audio.frames import Frame
from hub.ears import make_hearing
from hub.homes.demo import demo_home
from hub.messages import FromSenses, ToSenses, Tune, Tuned
from hub.settings import EngineChoice, Hear
from hub.shelf.shelf import open_shelf
from hub.tuner import Tuner
from tests.hub.door.sessions import door
from tests.hub.recordings import pause, recorded, spoken

ALEXA = EngineChoice(engine="openwakeword", options={"words": ["alexa"]})
EARS = Hear(wake=ALEXA, vad=EngineChoice(engine="silero"), asr=EngineChoice(engine="whisper"))
TUNED = Tuned(source="senses", sensitivity=0.62, words=3, missed=0, others=1, waking=0)


@pytest.mark.usefixtures("models")
def test_what_commands_followed_was_the_word(data: Path) -> None:
    hearing = make_hearing(EARS, open_shelf())
    hearing.learn(demo_home())
    assert hearing.tuned() == Tuned(source="senses")
    people = sorted((data / "wakeword/positive/alexa").glob("*.wav"))[:4]
    command = spoken("Turn on the kitchen light.")
    turns = [part for file in people for part in (pause(1), recorded(file), command, pause(3))]
    sound = np.concatenate((*turns, recorded(people[0]), pause(8)))  # nothing follows the last
    for at in range(0, len(sound), 1280):
        list(hearing.feed(Frame(sound[at : at + 1280], at)))
    found = hearing.tuned()
    assert (found.words, found.missed, found.others) == (4, 0, 1)
    assert found.sensitivity is not None


def test_a_proposal_comes_in_when_it_was_asked_for_and_once() -> None:
    knocked = door()
    assert knocked.admit(TUNED, 0.0) == ()
    knocked.expect_tuning()
    assert knocked.admit(TUNED, 0.0) == (
        Tuned(source="senses", sensitivity=0.6, words=3, missed=0, others=1, waking=0),
    )
    assert knocked.admit(TUNED, 0.0) == ()
    assert knocked.refusals.exact == {"out_of_order": 2}


async def test_who_asks_gets_the_answer_and_two_who_ask_get_the_same() -> None:
    knocked, told = door(), list[ToSenses]()
    tuner = Tuner(knocked, told.append)
    asked = [asyncio.ensure_future(tuner.propose()) for _ in range(2)]
    await asyncio.sleep(0)
    assert told == [Tune()]
    [admitted] = knocked.admit(TUNED, 0.0)
    assert isinstance(admitted, Tuned)
    tuner.take(admitted)
    answers: list[FromSenses | None] = await asyncio.gather(*asked)
    assert answers == [admitted, admitted]
