"""Alarms that are moved to another time. Pure; English."""

from intents.phrasing.making import NATURAL, Wishes
from intents.phrasing.moments import moment
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause, Span
from intents.wishes import Slot, Wish

_VERBS = frozenset({"change", "move", "shift", "push", "reschedule", "adjust"})
_QUESTIONS = frozenset({"how", "what", "why", "when", "should", "did"})
_TO = frozenset({"to", "for", "till", "until"})
_DAY = 24


def rescheduled(clause: Clause, _places: Places) -> Wishes:
    """As "move my alarm to eight", "change tomorrow's seven o'clock alarm to half past six"."""
    instead = clause.said("instead", "of")
    if "alarm" not in clause.values("kind") or _QUESTIONS & set(clause.tokens[:1]):
        return None
    if not (instead or _VERBS & set(clause.tokens)) or clause.having("duration"):
        return None
    unknown = {clause.tokens[s.start] for s in clause.spans if s.is_unknown}
    times = [s for s in clause.spans if s.has("clock") or _is_hour(s)]
    new = [s for s in times if clause.tokens[s.start - 1] in _TO]
    if unknown - _VERBS or not new or len(times) > 2 or clause.having("repeat"):  # noqa: PLR2004
        return None
    there = [s for s in times if s is not new[-1]]
    days = [s for s in clause.spans if s.has("date") or s.has("daypart")]
    later = [s for s in days if s.start > new[-1].start]
    before = [s for s in days if s.start < new[-1].start]
    which = _slots(clause, [*there, *before])
    slots = _slots(clause, [new[-1], *later])
    return (Wish("HubMoveAlarm", {**slots, **{f"of_{k}": v for k, v in which.items()}}, NATURAL),)


def _is_hour(span: Span) -> bool:
    if not span.has("number") or "unit" in span.meanings:
        return False
    return 0 < float(span.meanings["number"]) <= _DAY


def _slots(clause: Clause, spans: list[Span]) -> dict[str, Slot]:
    found = moment(Clause(clause.tokens, tuple(spans)), bare=True).slots
    return {k: v for k, v in found.items() if k in ("time", "half", "date")}
