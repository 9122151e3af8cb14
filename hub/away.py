"""What is said while Home Assistant is not there, and of what waited for it. Pure."""

from hub.care.words import left_out
from hub.homes.patient import Settled
from hub.phrases import phrase

_UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60))
_FEW = 2
"""From two of a unit it is spoken of in that unit: 90 minutes are not one hour."""


def as_of(age: float | None, answer: str, language: str) -> str:
    """The answer, and how old it is where it may not be true any more. `age`: seconds, or None."""
    if age is None or not answer:
        return answer
    for unit, seconds in _UNITS:
        if age >= _FEW * seconds:
            return phrase(f"as_of_{unit}", language, answer, number=str(int(age // seconds)))
    return phrase("as_of_now", language, answer)


def outcome(settled: Settled, language: str) -> str:
    """What waited and was not done; empty where there is nothing to tell."""
    told = {"queue_late": settled.late, "queue_failed": settled.failed}
    said = [phrase(key, language, left_out(c, language)) for key, c in told.items() if c]
    return " ".join(said)
