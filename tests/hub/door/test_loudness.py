"""What the level meter may tell: one step to a tick, when it was asked for, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from hub.door.loudness import STALE, TICK, LoudnessDoor
from hub.door.refusals import Refused
from hub.fields import LOUDNESS
from hub.messages import Loud
from tests.hub.door.sessions import door

TICKS = 40
SAID = st.lists(
    st.tuples(st.integers(0, TICKS - 1), st.floats(0.001, TICK - 0.001), st.integers(0, 5))
)
"""Tick, moment in it, step."""


def shown(said: list[tuple[int, float, int]], looks: int = 7) -> list[int | None]:
    """What is seen at so many looks in each tick."""
    made, seen = LoudnessDoor(), []
    made.expect(0.0, TICKS * TICK)
    events = [(tick * TICK + moment, step) for tick, moment, step in said]
    moments = [(n + 0.5) * TICK / looks for n in range(TICKS * looks)]
    for now, told in sorted([*events, *((at, -1) for at in moments)]):
        if told < 0:
            seen.append(made.step(now))
        else:
            made.take(told, now)
    return seen


@given(SAID)
def test_only_the_last_of_each_tick_is_seen_whenever_it_came(
    said: list[tuple[int, float, int]],
) -> None:
    ordered = sorted(said)
    last = {tick: step for tick, _, step in ordered}
    assert shown(said) == shown([(tick, TICK / 2, step) for tick, step in last.items()])


@given(SAID)
def test_it_changes_between_ticks_alone(said: list[tuple[int, float, int]]) -> None:
    seen = shown(said, looks=5)
    ticks = [seen[at : at + 5] for at in range(0, len(seen), 5)]
    assert all(len(set(tick)) == 1 for tick in ticks)
    assert {step for tick in ticks for step in tick} <= {None, *range(LOUDNESS)}


def test_unasked_it_is_refused_and_counted() -> None:
    knocked = door()
    loud = Loud(source="senses", step=3)
    assert knocked.admit(loud, 10.0) == ()
    assert knocked.refusals.exact["out_of_order"] == 1
    knocked.loudness.expect(10.0, 5.0)
    assert knocked.admit(loud, 10.0) == ()
    assert knocked.refusals.exact["out_of_order"] == 1
    assert knocked.loudness.step(10.0 + TICK) == 3
    assert knocked.admit(loud, 17.0) == ()
    assert knocked.refusals.exact["out_of_order"] == 2


def test_what_is_no_longer_said_is_no_longer_shown() -> None:
    made = LoudnessDoor()
    made.expect(0.0, 60.0)
    assert made.take(2, 1.0) == ()
    assert made.step(1.0 + STALE) == 2
    assert made.step(1.0 + STALE + 2 * TICK) is None


def test_it_costs_no_command_its_passage() -> None:
    """It has a bound of its own: the bucket is as full as before."""
    made = LoudnessDoor()
    made.expect(0.0, 1.0)
    assert isinstance(made.take(5, 3.0), Refused)
    knocked, told = door(), Loud(source="senses", step=5)
    knocked.loudness.expect(0.0, 600.0)
    before = knocked.expect_answer(0.0)
    for tick in range(2_000):
        knocked.admit(told, tick / 10)
    assert before
    assert knocked.refusals.exact == {}
