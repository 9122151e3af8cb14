"""The door of a satellite: few words, and each costs."""

from hub.door.satellites import BURST, RATE, SatelliteDoor
from hub.messages import Closed, Spoken, State
from hub.satellites.messages import FromSatellite, Sent
from hub.satellites.words import ALL

INLET, OUTLET = "inlet.kitchen", "outlet.kitchen"


def admitted(message: FromSatellite, *, awaited: int = 5) -> FromSatellite | None:
    return SatelliteDoor("kitchen").admit(message, 0.0, awaited)


def test_only_words_that_are_known() -> None:
    for reason in ALL:
        told = State(source=INLET, state="deaf", reason=reason)
        assert admitted(told) == told
    told = State(source=INLET, state="deaf", reason="they said the code is 1234")
    assert admitted(told) == State(source=INLET, state="deaf", reason="")


def test_only_its_own_processes_and_only_what_they_can_be() -> None:
    assert admitted(State(source="inlet.bedroom", state="ready")) is None
    assert admitted(State(source="senses", state="ready")) is None
    assert admitted(State(source=INLET, state="listening")) is None


def test_only_what_was_to_be_said_can_have_been_played() -> None:
    said = Spoken(source=OUTLET, id=5, seconds=123.456)
    assert admitted(said) == Spoken(source=OUTLET, id=5, seconds=0.0)
    assert admitted(said, awaited=6) is None


def test_counts_are_coarse() -> None:
    assert admitted(Sent(source=OUTLET, bytes_up=123_456)) == Sent(source=OUTLET, bytes_up=100_000)


def test_how_it_is_closed_is_heard_once_for_each_process() -> None:
    door = SatelliteDoor("kitchen")
    closed = Closed(source=INLET, level="A")
    assert door.admit(closed, 0.0, 0) == closed
    assert door.admit(closed, 1.0, 0) is None
    door.restarted(INLET)
    assert door.admit(closed, 2.0, 0) == closed


def test_whoever_says_much_is_not_heard() -> None:
    """A bit more than the budget at once, and its rate for good."""
    door = SatelliteDoor("kitchen")
    said = [State(source=INLET, state="ready") for _ in range(10_000)]
    let_in = sum(door.admit(each, at / 100, 0) is not None for at, each in enumerate(said))
    assert let_in * 9 < BURST + 100 * RATE
    assert door.refusals.exact["too_often"] == len(said) - let_in
