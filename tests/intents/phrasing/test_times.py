"""Numbers, lengths, times of day and dates as they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.own import DATE
from intents.phrasing.numbers import number
from intents.phrasing.times import Clock, clock, date, duration, repeat
from intents.phrasing.words import words


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("seven", 7),
        ("twenty one", 21),
        ("twenty one point five", 21.5),
        ("a hundred and five", 105),
        ("one hundred", 100),
        ("19.5", 19.5),
        ("twenty-two", 22),
        ("21 and a half", 21.5),
    ],
)
def test_a_number_is_read_whole(said: str, value: float) -> None:
    tokens = words(said)
    assert number(tokens, 0) == (value, len(tokens))


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("ten minutes", 600),
        ("an hour and a half", 5_400),
        ("half an hour", 1_800),
        ("one hour and twenty minutes", 4_800),
        ("2 minutes 30 seconds", 150),
        ("a couple of hours", 7_200),
        ("three quarters of an hour", 2_700),
    ],
)
def test_a_length_is_read_whole(said: str, seconds: int) -> None:
    tokens = words(said)
    assert duration(tokens, 0) == (seconds, len(tokens))


@pytest.mark.parametrize(
    ("said", "hour", "minute", "half"),
    [
        ("7:30", 7, 30, True),
        ("half past seven", 7, 30, True),
        ("quarter to eight", 7, 45, True),
        ("six am", 6, 0, False),
        ("5 p.m.", 17, 0, False),
        ("noon", 12, 0, False),
        ("midnight", 0, 0, False),
        ("18:05", 18, 5, False),
        ("six o'clock in the evening", 18, 0, False),
        ("twelve thirty am", 0, 30, False),
    ],
)
def test_a_time_of_day_is_read_whole(said: str, hour: int, minute: int, half: bool) -> None:
    tokens = words(said)
    assert clock(tokens, 0) == (Clock(hour, minute, half), len(tokens))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("tomorrow", "tomorrow"),
        ("next monday", "monday"),
        ("the twenty second of may", "05-22"),
        ("may 4", "05-04"),
        ("the 22nd", "22"),
        ("day after tomorrow", "day_after_tomorrow"),
    ],
)
def test_a_date_is_one_that_the_hub_knows(said: str, value: str) -> None:
    tokens = words(said)
    assert date(tokens, 0) == (value, len(tokens))
    assert value in DATE.closed


def test_what_recurs_is_told_with_its_day() -> None:
    assert repeat(words("every weekday"), 0) == (("weekdays", None, None), 2)
    assert repeat(words("on mondays"), 0) == (("weekly", "monday", None), 2)
    assert repeat(words("every morning"), 0) == (("daily", None, "am"), 2)


@given(st.text(max_size=60))
def test_nothing_that_is_written_raises(text: str) -> None:
    tokens = words(text)
    for at in range(len(tokens)):
        for read in (number, duration, clock, date, repeat):
            found = read(tokens, at)
            assert found is None or at < found[1] <= len(tokens)
