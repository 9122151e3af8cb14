"""Wishes for later: "in ten minutes", "at sunset", "when the timer ends", "for an hour"."""

from dataclasses import dataclass

from intents.phrasing.moments import Moment, in_units, moment
from intents.phrasing.spans import Clause, Span
from intents.wishes import Slot

_EVENTS = {
    ("at", "sunset"): "sunset",
    ("after", "sunset"): "sunset",
    ("when", "the", "sun", "sets"): "sunset",
    ("when", "the", "sun", "goes", "down"): "sunset",
    ("at", "dusk"): "sunset",
    ("when", "it", "gets", "dark"): "sunset",
    ("at", "sunrise"): "sunrise",
    ("after", "sunrise"): "sunrise",
    ("at", "dawn"): "sunrise",
    ("when", "the", "sun", "rises"): "sunrise",
    ("when", "the", "sun", "comes", "up"): "sunrise",
    ("when", "the", "timer", "ends"): "timer",
    ("when", "the", "timer", "is", "done"): "timer",
    ("when", "the", "timer", "is", "over"): "timer",
    ("when", "the", "timer", "goes", "off"): "timer",
    ("when", "the", "timer", "rings"): "timer",
    ("when", "the", "timer", "finishes"): "timer",
    ("when", "my", "timer", "ends"): "timer",
    ("after", "the", "timer"): "timer",
}
_BEFORE = ("in", "after", "within")
_AFTER = (("from", "now"), ("later",))


@dataclass(frozen=True, slots=True)
class Later:
    """`slots` say when; `clause`: what then is to be done. `lasts`: now, and undone after so long.
    `leads`: it stood before the command, so that it is about all that follows.
    """

    slots: dict[str, Slot]
    clause: Clause
    delay: bool = False
    lasts: bool = False
    leads: bool = False


def later(clause: Clause) -> Later | None:
    """None where all is wished for now."""
    return _event(clause) or _delay(clause) or _moment(clause)


def _event(clause: Clause) -> Later | None:
    tokens = clause.tokens
    for words, event in _EVENTS.items():
        for at in range(len(tokens) - len(words) + 1):
            if tokens[at : at + len(words)] == words and _spans_hold(clause, at):
                rest = _without(clause, at, at + len(words))
                return Later({"event": event}, rest, leads=_leads(clause, at))
    return None


def _spans_hold(clause: Clause, at: int) -> bool:
    return any(span.start <= at < span.end for span in clause.spans)


def _delay(clause: Clause) -> Later | None:
    for span in clause.having("duration"):
        if not isinstance(span.amount, int):
            continue
        before = clause.tokens[span.start - 1] if span.start else ""
        after = next((a for a in _AFTER if clause.tokens[span.end : span.end + len(a)] == a), ())
        lasts = before == "for"
        if before in _BEFORE or after or lasts:
            begin, end = span.start - bool(before in _BEFORE or lasts), span.end + len(after)
            rest = _without(clause, begin, end)
            slots = in_units(span.amount)
            return Later(slots, rest, delay=True, lasts=lasts, leads=_leads(clause, begin))
    return None


def _moment(clause: Clause) -> Later | None:
    """A time of day or a date; today alone is now."""
    found: Moment = moment(clause)
    if not found.slots.keys() & {"time", "repeat"}:
        return None
    words = ("at", "by", "on", "around", "from")
    starts = found.starts | {
        s.start for s in clause.spans if _leads_to(clause, s, found.starts, words)
    }
    rest = Clause(clause.tokens, tuple(s for s in clause.spans if s.start not in starts))
    return Later(found.slots, rest, leads=_leads(clause, min(starts)))


def _leads_to(clause: Clause, span: Span, starts: frozenset[int], words: tuple[str, ...]) -> bool:
    return span.end in starts and " ".join(clause.tokens[span.start : span.end]) in words


def _without(clause: Clause, begin: int, end: int) -> Clause:
    return Clause(clause.tokens, tuple(s for s in clause.spans if not begin <= s.start < end))


def _leads(clause: Clause, at: int) -> bool:
    """Only words without weight stand before it."""
    return all(span.has("skip") for span in clause.spans if span.start < at)
