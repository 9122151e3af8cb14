"""When, as it was said, and when that comes: half past two at the two ends of summer time too."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from hub.timekeeping.agenda import At, Entry, Every, EverySun, Once, Rule
from hub.timekeeping.declined import Declined
from hub.timekeeping.occurrences import due, last_due, local, next_occurrence, set_right
from hub.timekeeping.rules import rule, sun_rule
from hub.timekeeping.sun import Place
from intents.wishes import Slots

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=BERLIN)
HOME = Place(52.52, 13.405)


def entry(what: Rule, since: datetime = MONDAY) -> Entry:
    return Entry(id=1, kind="alarm", rule=what, since=since.timestamp())


def at(*when: int, zone: ZoneInfo = BERLIN) -> float:
    year, month, day, hour, minute = (*when, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=zone).timestamp()


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ({"time": "07:00"}, Once(date(2026, 11, 24), time(7))),
        ({"time": "18:30"}, Once(date(2026, 11, 23), time(18, 30))),
        ({"time": "07:00", "half": "either"}, Once(date(2026, 11, 23), time(19))),
        ({"time": "11:00", "half": "either"}, Once(date(2026, 11, 23), time(11))),
        ({"time": "10:00", "half": "either"}, Once(date(2026, 11, 23), time(22))),
        ({"time": "12:30", "half": "either"}, Once(date(2026, 11, 23), time(12, 30))),
        ({"time": "07:00", "date": "tomorrow"}, Once(date(2026, 11, 24), time(7))),
        ({"time": "07:00", "date": "day_after_tomorrow"}, Once(date(2026, 11, 25), time(7))),
        (
            {"time": "07:00", "half": "either", "date": "tomorrow"},
            Once(date(2026, 11, 24), time(7)),
        ),
        ({"time": "09:00", "half": "either", "date": "today"}, Once(date(2026, 11, 23), time(21))),
        ({"time": "09:00", "date": "saturday"}, Once(date(2026, 11, 28), time(9))),
        ({"time": "09:00", "date": "monday"}, Once(date(2026, 11, 30), time(9))),
        ({"time": "11:00", "date": "monday"}, Once(date(2026, 11, 23), time(11))),
        ({"time": "09:00", "date": "12-24"}, Once(date(2026, 12, 24), time(9))),
        ({"time": "09:00", "date": "01-02"}, Once(date(2027, 1, 2), time(9))),
        ({"time": "09:00", "date": "02-29"}, Once(date(2028, 2, 29), time(9))),
        ({"time": "09:00", "date": "31"}, Once(date(2026, 12, 31), time(9))),
        ({"time": "06:30", "repeat": "weekdays"}, Every(frozenset(range(5)), time(6, 30))),
        ({"time": "09:00", "repeat": "weekends"}, Every(frozenset({5, 6}), time(9))),
        ({"time": "09:00", "repeat": "daily"}, Every(frozenset(range(7)), time(9))),
        (
            {"time": "09:00", "repeat": "weekly", "date": "friday"},
            Every(frozenset({4}), time(9)),
        ),
        ({"time": "09:00", "repeat": "weekly"}, Every(frozenset({1}), time(9))),
        (
            {"time": "07:00", "half": "either", "repeat": "daily"},
            Every(frozenset(range(7)), time(7)),
        ),
        (
            {"time": "03:00", "half": "either", "repeat": "daily"},
            Every(frozenset(range(7)), time(15)),
        ),
        ({"minutes": 20}, At(MONDAY.timestamp() + 1200, 1200)),
        ({"hours": "half"}, At(MONDAY.timestamp() + 1800, 1800)),
    ],
)
def test_what_was_said(slots: Slots, expected: Rule) -> None:
    assert rule(slots, "alarm", MONDAY) == expected


@pytest.mark.parametrize(
    ("slots", "why"),
    [
        ({}, "no_time"),
        ({"date": "tomorrow"}, "no_time"),
        ({"time": "07:00", "date": "today"}, "past"),
    ],
)
def test_what_is_not_enough(slots: Slots, why: str) -> None:
    with pytest.raises(Declined, match=why):
        rule(slots, "alarm", MONDAY)


def test_who_is_reminded_on_a_day_is_reminded_at_nine() -> None:
    assert rule({"date": "friday"}, "reminder", MONDAY) == Once(date(2026, 11, 27), time(9))


def test_a_time_that_does_not_exist_comes_an_hour_later_of_summer_time() -> None:
    alarm = entry(Once(date(2026, 3, 29), time(2, 30)))
    when = due(alarm, BERLIN)
    assert when is not None
    assert local(when, BERLIN).time() == time(3, 30)


def test_a_time_that_exists_twice_comes_once_at_the_first() -> None:
    daily = entry(
        Every(frozenset(range(7)), time(2, 30)), datetime(2026, 10, 24, 12, tzinfo=BERLIN)
    )
    first = next_occurrence(daily, BERLIN)
    assert first == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp(), date(2026, 10, 25))
    after = next_occurrence(replace(daily, done=first[1]), BERLIN)
    assert after == (at(2026, 10, 26, 2, 30), date(2026, 10, 26))


def test_an_alarm_keeps_its_wall_clock_time_across_summer_time() -> None:
    daily = entry(Every(frozenset(range(7)), time(7)), datetime(2026, 3, 27, 8, tzinfo=BERLIN))
    moments = []
    for _ in range(3):
        found = next_occurrence(daily, BERLIN)
        assert found is not None
        moments.append(found[0])
        daily = replace(daily, done=found[1])
    assert [local(m, BERLIN).time() for m in moments] == [time(7)] * 3
    assert moments[1] - moments[0] == 23 * 3600


def test_an_alarm_is_of_the_zone_that_the_house_is_in_now() -> None:
    alarm = entry(Once(date(2026, 11, 24), time(7)))
    assert due(alarm, BERLIN) == at(2026, 11, 24, 7)
    assert due(alarm, NEW_YORK) == at(2026, 11, 24, 7, zone=NEW_YORK)


def test_of_many_missed_ones_the_last_counts() -> None:
    daily = entry(Every(frozenset(range(7)), time(7)))
    found = last_due(daily, at(2027, 11, 23, 8), BERLIN)
    assert found == (at(2027, 11, 23, 7), date(2027, 11, 23))


def test_what_is_skipped_is_only_that_day() -> None:
    daily = replace(entry(Every(frozenset(range(7)), time(7))), skipped=date(2026, 11, 24))
    assert due(daily, BERLIN) == at(2026, 11, 25, 7)


def test_at_sunset_is_the_next_one_or_each() -> None:
    once = sun_rule({}, "sunset", HOME, MONDAY)
    assert isinstance(once, At)
    assert local(once.moment, BERLIN).date() == date(2026, 11, 23)
    assert time(15, 55) < local(once.moment, BERLIN).time() < time(16, 5)
    assert local(at_(sun_rule({}, "sunrise", HOME, MONDAY)), BERLIN).date() == date(2026, 11, 24)
    each = sun_rule({"repeat": "daily"}, "sunset", HOME, MONDAY)
    assert each == EverySun("sunset", frozenset(range(7)), 52.52, 13.405)
    found = next_occurrence(entry(each), BERLIN)
    assert found is not None
    assert found[0] == once.moment


def at_(found: Rule) -> float:
    assert isinstance(found, At)
    return found.moment


def test_where_the_sun_does_not_set_it_is_waited_for() -> None:
    tromso = EverySun("sunset", frozenset(range(7)), 69.65, 18.96)
    since = datetime(2026, 6, 1, 12, tzinfo=BERLIN)
    when = due(entry(tromso, since), BERLIN)
    assert when is not None
    assert local(when, BERLIN).date() > date(2026, 7, 20)
    with pytest.raises(Declined, match="past"):
        sun_rule({}, "sunset", Place(69.65, 18.96), since)


def test_a_clock_that_was_wrong_and_is_set_back_loses_no_timer_and_no_alarm() -> None:
    wrong = datetime(2030, 1, 1, 12, tzinfo=BERLIN)
    now = MONDAY.timestamp()
    timer = entry(At(wrong.timestamp() + 600, 600), wrong)
    assert due(set_right(timer, now, BERLIN), BERLIN) == now + 600
    daily = replace(entry(Every(frozenset(range(7)), time(7)), wrong), done=date(2030, 1, 1))
    assert due(set_right(daily, now, BERLIN), BERLIN) == at(2026, 11, 24, 7)


def test_a_clock_set_back_a_little_changes_nothing() -> None:
    daily = replace(entry(Every(frozenset(range(7)), time(7))), done=date(2026, 11, 24))
    assert set_right(daily, at(2026, 11, 24, 6), BERLIN) == daily
