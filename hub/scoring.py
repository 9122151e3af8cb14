"""How right `hear` was: its turns against a file of labels (interfaces.md). Pure."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from hub.turn import Turn
from intents.wishes import Slot, Slots


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a references file. `intent` and `slots`, or `text` that says them; `oov`: the
    recording asks for nothing that this home knows. Other keys are the file's own business.
    """

    audio: str
    text: str | None = None
    intent: str | None = None
    slots: dict[str, Slot] | None = None
    oov: bool = False

    @property
    def is_oov(self) -> bool:
        return self.oov or self.intent == "oov"


@dataclass(frozen=True, slots=True)
class Truth:
    """What a recording asks for; `intent` None: nothing."""

    intent: str | None
    slots: Slots


@dataclass(frozen=True, slots=True)
class Judged:
    """One recording. `seconds`: from the last speech to the intent, where there was one."""

    exact: bool
    intent: bool
    false_action: bool
    seconds: float | None


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """`exact` and `intent` are rates 0..1 of the scored; times are seconds."""

    n: int
    exact: float
    intent: float
    false_actions: int
    p50: float | None
    p95: float | None
    unscored: int


def judge(turn: Turn | None, truth: Truth, seconds: float | None, *, more: bool = False) -> Judged:
    """A false action is any on a recording that asks for nothing, or one that differs.

    `more`: something else was done besides.
    """
    wish = turn.wishes[0] if turn and turn.wishes else None
    said = wish.intent if wish else None
    exact = said == truth.intent and (wish is None or same_slots(wish.slots, truth.slots))
    acted = bool(turn and turn.actions)
    return Judged(
        exact=exact,
        intent=said == truth.intent,
        false_action=(acted and not exact) or more,
        seconds=seconds if wish else None,
    )


def score(judged: Sequence[Judged], unscored: int) -> Score:
    times = sorted(each.seconds for each in judged if each.seconds is not None)
    count = len(judged)
    return Score(
        n=count,
        exact=_rate(sum(each.exact for each in judged), count),
        intent=_rate(sum(each.intent for each in judged), count),
        false_actions=sum(each.false_action for each in judged),
        p50=round(statistics.median(times), 3) if times else None,
        p95=round(times[min(len(times) - 1, round(0.95 * (len(times) - 1)))], 3) if times else None,
        unscored=unscored,
    )


def same_slots(one: Mapping[str, Slot], other: Mapping[str, Slot]) -> bool:
    """Every slot, case-folded and stripped."""
    return _plain(one) == _plain(other)


def _plain(slots: Mapping[str, Slot]) -> dict[str, str]:
    return {name: _text(value) for name, value in slots.items()}


def _text(value: Slot) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip().casefold()


def _rate(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
