"""Timers are found by what people say of them, stand still, go on, and grow."""

import pytest

from hub.timekeeping.agenda import MOST, Agenda, Entry
from hub.timekeeping.declined import Declined
from hub.timekeeping.timers import (
    SeveralTimers,
    TimerNotFound,
    find,
    longer,
    matching,
    paused,
    remaining,
    resumed,
    start,
)
from intents.wishes import Slots


def started(*wanted: tuple[Slots, str | None], now: float = 0.0) -> tuple[Agenda, list[Entry]]:
    agenda, timers = Agenda(), []
    for slots, area in wanted:
        agenda, timer = start(agenda, slots, area, now)
        timers.append(timer)
    return agenda, timers


def test_the_only_timer_is_meant() -> None:
    agenda, (timer,) = started(({"minutes": 5}, "Kitchen"), now=100.0)
    assert find(agenda, {}, None) == timer
    assert remaining(timer, 160.0) == 240.0


def test_by_name_by_length_by_room() -> None:
    agenda, (pizza, bath) = started(
        ({"minutes": 10, "name": "Pizza"}, "Kitchen"), ({"minutes": 5}, "Bathroom")
    )
    assert find(agenda, {"name": "pizza "}, None) == pizza
    assert find(agenda, {"start_minutes": 5}, None) == bath
    assert find(agenda, {"area": "kitchen"}, None) == pizza
    assert find(agenda, {}, "Bathroom") == bath
    with pytest.raises(SeveralTimers):
        find(agenda, {}, None)
    with pytest.raises(TimerNotFound):
        find(agenda, {"name": "tea"}, None)


def test_half_an_hour_is_one() -> None:
    _, (timer,) = started(({"hours": "half"}, None))
    assert timer.length == 1800


def test_a_timer_without_length_is_refused() -> None:
    with pytest.raises(Declined, match="no_length"):
        start(Agenda(), {"name": "tea"}, None, 0.0)


def test_no_more_than_can_be_kept() -> None:
    agenda, _ = started(*[({"minutes": 1}, None)] * MOST)
    with pytest.raises(Declined, match="too_many"):
        start(agenda, {"minutes": 1}, None, 0.0)


def test_a_delayed_command_is_meant_where_there_is_no_timer() -> None:
    command: Slots = {"minutes": 5, "conversation_command": "turn off the lamp"}
    agenda, (delayed,) = started((command, None))
    assert find(agenda, {}, None) == delayed
    agenda, timer = start(agenda, {"minutes": 3}, None, 0.0)
    assert matching(agenda, {}) == (timer,)


def test_paused_it_goes_on_where_it_was() -> None:
    _, (timer,) = started(({"seconds": 60}, None))
    still = paused(timer, 20.0)
    assert remaining(still, 1000.0) == 40.0
    assert remaining(resumed(still, 1000.0), 1010.0) == 30.0


def test_longer_and_shorter_running_and_paused() -> None:
    _, (timer,) = started(({"seconds": 60}, None))
    assert remaining(longer(timer, 30, 10.0), 10.0) == 80.0
    assert remaining(longer(timer, -70, 10.0), 10.0) == 0.0
    assert remaining(longer(paused(timer, 10.0), 5, 99.0), 99.0) == 55.0
