"""Sunrise and sunset against published tables (to the minute), and what must hold anywhere."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.timekeeping.sun import Place, sun

BERLIN, NEW_YORK, SYDNEY = Place(52.52, 13.405), Place(40.71, -74.01), Place(-33.87, 151.21)


@pytest.mark.parametrize(
    ("place", "day", "rises", "sets"),
    [
        (BERLIN, date(2024, 6, 21), "2024-06-21T02:43", "2024-06-21T19:33"),
        (BERLIN, date(2024, 12, 21), "2024-12-21T07:15", "2024-12-21T14:54"),
        (NEW_YORK, date(2024, 3, 20), "2024-03-20T10:59", "2024-03-20T23:08"),
        (SYDNEY, date(2024, 1, 1), "2023-12-31T18:48", "2024-01-01T09:09"),
    ],
)
def test_as_in_the_tables(place: Place, day: date, rises: str, sets: str) -> None:
    for event, said in (("sunrise", rises), ("sunset", sets)):
        expected = datetime.fromisoformat(said).replace(tzinfo=UTC).timestamp()
        found = sun("sunrise" if event == "sunrise" else "sunset", day, place)
        assert found == pytest.approx(expected, abs=120)


def test_near_the_poles_it_may_not_set() -> None:
    assert sun("sunset", date(2024, 6, 21), Place(69.65, 18.96)) is None
    assert sun("sunrise", date(2024, 12, 21), Place(-90, 0)) is None


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.floats(-60, 60),
    st.floats(-180, 180),
)
def test_it_rises_before_it_sets_and_a_day_later_again(
    day: date, latitude: float, longitude: float
) -> None:
    place = Place(latitude, longitude)
    rises, sets = sun("sunrise", day, place), sun("sunset", day, place)
    again = sun("sunrise", day + timedelta(days=1), place)
    assert rises is not None
    assert sets is not None
    assert again is not None
    assert rises < sets < again
    assert again - rises == pytest.approx(86_400, abs=300)
