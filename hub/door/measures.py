"""Numbers made coarse: as exact as people need them, and no more, so that they carry little."""

from bisect import bisect_left
from math import log2

from hub.messages import Seconds

_SIX = (10, 15, 22, 33, 47, 68)
"""Steps of about a half (IEC 60063, E6)."""
_TWELVE = (10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82)
"""Steps of about a fifth (E12)."""
SHARE_STEPS = 20
"""Scores and confidences in steps of .05."""
SHARE_COST = log2(SHARE_STEPS + 1)

SHORT: tuple[float, ...] = (0.0, *(n * d / 1_000 for d in (1, 10) for n in _SIX), 1.0)
"""Seconds of computing for wake word and intent: 0, .01, .015 ... 1."""
LONG: tuple[float, ...] = (
    0.0,
    *(n * d / 1_000 for d in (1, 10, 100) for n in _TWELVE),
    *(float(n) for n in _TWELVE[:6]),
)
"""Seconds of waiting and of recognition: 0, .01, .012 ... 27."""
TOTALS: tuple[float, ...] = (
    *(n / 100 for n in range(100)),
    *(n / 10 for n in range(10, 100)),
    *(float(n) for n in range(10, 61)),
)
"""Seconds from the last speech to the intent: two figures."""
SECONDS_COST = 2 * log2(len(SHORT)) + 2 * log2(len(LONG)) + log2(len(TOTALS))


def share(value: float) -> float:
    """0..1 to the nearest step."""
    return round(min(1.0, max(0.0, value)) * SHARE_STEPS) / SHARE_STEPS


def timing(seconds: Seconds) -> Seconds:
    return Seconds(
        wake=_nearest(seconds.wake, SHORT),
        vad=_nearest(seconds.vad, LONG),
        asr=_nearest(seconds.asr, LONG),
        intent=_nearest(seconds.intent, SHORT),
        total=_nearest(seconds.total, TOTALS),
    )


def _nearest(value: float, steps: tuple[float, ...]) -> float:
    above = min(len(steps) - 1, bisect_left(steps, value))
    return min(steps[max(0, above - 1) : above + 1], key=lambda step: abs(step - value))
