"""Timers are found by what people say of them, and ring once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.timers import SeveralTimers, TimerNotFound, Timers


def test_the_only_timer_is_meant() -> None:
    timers = Timers()
    started = timers.start({"minutes": 5}, "Kitchen", 100.0)
    assert timers.find({}, None) == started
    assert started.remaining(160.0) == 240.0


def test_by_name_by_length_by_room() -> None:
    timers = Timers()
    pizza = timers.start({"minutes": 10, "name": "Pizza"}, "Kitchen", 0.0)
    bath = timers.start({"minutes": 5}, "Bathroom", 0.0)
    assert timers.find({"name": "pizza "}, None) == pizza
    assert timers.find({"start_minutes": 5}, None) == bath
    assert timers.find({"area": "kitchen"}, None) == pizza
    assert timers.find({}, "Bathroom") == bath
    with pytest.raises(SeveralTimers):
        timers.find({}, None)
    with pytest.raises(TimerNotFound):
        timers.find({"name": "tea"}, None)


def test_a_timer_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        Timers().start({"name": "tea"}, None, 0.0)


def test_paused_it_does_not_ring_and_goes_on_where_it_was() -> None:
    timers = Timers()
    timer = timers.pause(timers.start({"seconds": 60}, None, 0.0), 20.0)
    assert timers.take_finished(1000.0) == []
    timer = timers.resume(timer, 1000.0)
    assert timer.remaining(1000.0) == 40.0
    assert [t.id for t in timers.take_finished(1040.0)] == [timer.id]


@given(st.lists(st.integers(1, 100), max_size=8), st.lists(st.integers(0, 40), max_size=20))
def test_each_timer_rings_exactly_once_and_never_early(
    lengths: list[int], steps: list[int]
) -> None:
    timers = Timers()
    due = {timers.start({"seconds": n}, None, 0.0).id: float(n) for n in lengths}
    now, rung = 0.0, []
    for step in [*steps, 200]:
        now += step
        for timer in timers.take_finished(now):
            assert due[timer.id] <= now
            rung.append(timer.id)
    assert sorted(rung) == sorted(due)
    assert timers.all() == ()
