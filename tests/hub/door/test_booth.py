"""The door from the booth: how much was done, a little more than less, and what that costs it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.door.booth import BOOTH_BURST, BOOTH_RATE, BoothDoor, lent, two_figures
from hub.door.refusals import Reason
from hub.lending.messages import FromBooth, Lent
from hub.messages import Closed, State


def test_what_is_new_is_told_and_no_more() -> None:
    door = BoothDoor()
    first = Lent(connections=1, written=1, bytes_in=96_123, bytes_out=55)
    assert door.admit(first, 0.0) == (
        Lent(connections=1, written=1, bytes_in=97_000, bytes_out=55),
    )
    assert door.admit(first, 10.0) == ()
    more = Lent(connections=2, written=1, woken=1, bytes_in=96_124, bytes_out=1_055)
    assert door.admit(more, 20.0) == (Lent(connections=1, woken=1, bytes_in=1, bytes_out=1_000),)
    assert not door.refusals.exact


def test_what_could_not_be_paid_is_told_later() -> None:
    door = BoothDoor()
    sums = [Lent(connections=n, bytes_out=1_111 * n) for n in range(1, 100)]
    told = [out for each in sums for out in door.admit(each, 0.0)]
    assert 10 < len(told) < 40
    assert door.refusals.exact["too_often"]
    [rest] = door.admit(sums[-1], 3_600.0)
    assert isinstance(rest, Lent)
    counted = [each.bytes_out for each in (*told, rest) if isinstance(each, Lent)]
    assert 99 * 1_111 <= sum(counted) <= 1.1 * 99 * 1_111 + 10 * len(counted)


def test_a_new_booth_counts_from_nothing() -> None:
    door = BoothDoor()
    door.admit(Lent(connections=5), 0.0)
    assert door.admit(Lent(connections=1), 1.0) == ()
    assert door.refusals.exact == {"out_of_order": 1}
    door.restarted()
    assert door.admit(Lent(connections=1), 2.0) == (Lent(connections=1),)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Closed(source="senses", level="A"), "bad_source"),
        (State(source="mouth", state="ready"), "bad_source"),
        (State(source="booth", state="listening"), "out_of_order"),
        (Lent(bytes_out=10**15), "long_number"),
    ],
)
def test_what_it_has_no_business_to_say(told: FromBooth, why: Reason) -> None:
    door = BoothDoor()
    assert door.admit(told, 0.0) == ()
    assert door.refusals.exact == {why: 1}


def test_lines_that_are_no_message_are_counted() -> None:
    door = BoothDoor()
    door.malformed(3, 0.0)
    door.malformed(3, 1.0)
    assert door.refusals.exact == {"malformed": 3}


@given(st.lists(st.tuples(st.integers(0, 10**9), st.floats(0, 60)), max_size=60))
def test_never_more_bits_than_its_bucket_had(steps: list[tuple[int, float]]) -> None:
    """Nor fewer bytes in the ledger than it says, once it could be told."""
    door, now, total, told = BoothDoor(), 0.0, 0, list[Any]()
    for size, pause in steps:
        now, total = now + pause, total + size
        told += door.admit(Lent(bytes_out=total), now)
    assert len(told) * 70 <= BOOTH_BURST + BOOTH_RATE * now
    told += door.admit(Lent(bytes_out=total), now + 3_600)
    assert sum(each.bytes_out for each in told) >= total


@given(st.integers(0, 10**12))
def test_two_figures(count: int) -> None:
    shown = two_figures(count)
    assert count <= shown <= count * 1.1 + 0.01
    assert not str(shown)[2:].strip("0")
    assert two_figures(shown) == shown
    assert lent(0, 0, 0, 0, 0, shown).bytes_out == shown
