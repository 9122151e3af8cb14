"""Sunrise and sunset, by NOAA's solar equations: within two minutes below the polar circles. Pure.

The sun's upper edge at the horizon, with the refraction of an average air: 90.833 degrees.
"""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from hub.timekeeping.agenda import SunEvent

_ZENITH = math.radians(90.833)
_DAY = 86_400.0
_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC).timestamp()
_CENTURY = 36_525.0
_MINUTES_A_DEGREE = 4.0


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees north and east."""

    latitude: float
    longitude: float


@lru_cache(maxsize=1_024)
def sun(event: SunEvent, day: date, place: Place) -> float | None:
    """Seconds since 1970 (UTC) at which it rises or sets on the day of that place's own noon; None
    where it does not on that day, near the poles.
    """
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
    moment: float | None = midnight + _DAY / 2 - place.longitude / 360 * _DAY
    for _ in range(3):  # where the sun stands depends on when that is: it settles at once
        if moment is None:
            return None
        moment = _refined(event, midnight, moment, place)
    return moment


def _refined(event: SunEvent, midnight: float, guess: float, place: Place) -> float | None:
    declination, equation = _sun((guess - _J2000) / _DAY / _CENTURY)
    latitude = math.radians(place.latitude)
    across = math.cos(_ZENITH) / (math.cos(latitude) * math.cos(declination))
    across -= math.tan(latitude) * math.tan(declination)
    if abs(across) > 1:
        return None
    angle = math.degrees(math.acos(across)) * (1 if event == "sunset" else -1)
    minutes = 720 + _MINUTES_A_DEGREE * (angle - place.longitude) - equation
    return midnight + minutes * 60


def _sun(century: float) -> tuple[float, float]:
    """Its declination in radians, and the equation of time in minutes."""
    mean_longitude = math.radians((280.46646 + century * (36000.76983 + 0.0003032 * century)) % 360)
    anomaly = math.radians(357.52911 + century * (35999.05029 - 0.0001537 * century))
    eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century)
    center = (
        math.sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century))
        + math.sin(2 * anomaly) * (0.019993 - 0.000101 * century)
        + math.sin(3 * anomaly) * 0.000289
    )
    node = math.radians(125.04 - 1934.136 * century)
    longitude = mean_longitude + math.radians(center - 0.00569 - 0.00478 * math.sin(node))
    tilt = 23.439291 - century * (0.0130042 + 0.00000016 * century) + 0.00256 * math.cos(node)
    tilt = math.radians(tilt)
    declination = math.asin(math.sin(tilt) * math.sin(longitude))
    y = math.tan(tilt / 2) ** 2
    equation = (
        y * math.sin(2 * mean_longitude)
        - 2 * eccentricity * math.sin(anomaly)
        + 4 * eccentricity * y * math.sin(anomaly) * math.cos(2 * mean_longitude)
        - 0.5 * y * y * math.sin(4 * mean_longitude)
        - 1.25 * eccentricity * eccentricity * math.sin(2 * anomaly)
    )
    return declination, _MINUTES_A_DEGREE * math.degrees(equation)
