"""The door of an eye: only words of the settings, and what is new is paid for."""

from hub.door.eyes import EYE_BURST, EyeDoor, Known
from hub.eyes.messages import Crossing, Place, Seen, Thing
from hub.messages import State

NAME = "eye.porch"


def door() -> EyeDoor:
    person = frozenset({"person"})
    return EyeDoor(NAME, Known({"step": person}, {"gate": person}, {}))


def seen(zone: str = "step", label: str = "person", count: int = 1) -> Seen:
    return Seen(source=NAME, places=(Place(zone=zone, counts={label: count}),))


def test_only_words_of_the_settings() -> None:
    eye = door()
    assert eye.admit(seen(), 0.0) is not None
    refused = (
        seen(zone="bed"),
        seen(label="dog"),
        Seen(source=NAME, places=(), states={"door": "open"}),
        Crossing(source=NAME, line="fence", label="person", way="in"),
        Thing(source=NAME, zone="step", what="left"),
        Seen(source="eye.garden", places=()),
    )
    assert [eye.admit(message, 0.0) for message in refused] == [None] * len(refused)


def test_a_long_reason_costs_what_it_could_tell() -> None:
    eye = door()
    told = 0
    for number in range(100):
        letters = "".join(chr(ord("a") + (number * 7 + place) % 26) + " " for place in range(100))
        told += eye.admit(State(source=NAME, state="blind", reason=letters), 0.0) is not None
    assert told * 100 * 4.7 <= EYE_BURST  # 4.7 bits a letter


def test_the_same_reason_again_is_cheap() -> None:
    eye = door()
    state = State(source=NAME, state="blind", reason="The camera does not answer.")
    assert all(eye.admit(state, 0.0) is not None for _ in range(50))
