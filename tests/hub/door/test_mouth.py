"""The process that speaks comes in by a door of its own."""

import math

from hub.door.door import MouthDoor
from hub.messages import Spoken, State


def test_the_mouth_has_a_door_too() -> None:
    knocked = MouthDoor()
    for number in range(100):
        said = State(source="mouth", state="speaking")
        assert knocked.admit(said, number * 1.0) == (said,)
        done = Spoken(source="mouth", id=number, seconds=1.23456)
        assert knocked.admit(done, number * 1.0) == (
            Spoken(source="mouth", id=number, seconds=1.23),
        )
    assert not knocked.refusals.exact
    refused: list[State | Spoken] = [
        State(source="senses", state="ready"),
        State(source="mouth", state="listening"),
        Spoken(source="mouth", id=-1, seconds=1.0),
        Spoken(source="mouth", id=1, seconds=math.nan),
    ]
    assert not any(knocked.admit(each, 100.0) for each in refused)
    assert sum(knocked.refusals.exact.values()) == 4
