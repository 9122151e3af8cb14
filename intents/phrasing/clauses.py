"""Where one wish ends and the next begins. Pure; English."""

from collections.abc import Iterator, Sequence

from intents.phrasing.messages import TO_ALL
from intents.phrasing.spans import Clause, Span

_OPENERS = frozenset({"remind", "wake", "time", "broadcast", "announce", "let", "alert", "snooze"})
_REASONS = (
    *(("so", "that"), ("so", "i"), ("so", "we"), ("because",), ("since", "i"), ("as", "i")),
    *(("for", "the", "party"), ("while", "i")),
    *(("before", "i"), ("in", "order", "to"), ("and", "let", "the"), ("if", "you", "do", "not")),
)
_STATEMENTS = (("i", "am"), ("we", "are"), ("i", "have"), ("it", "is"), ("good", "morning"))
_WAITING = frozenset({"set", "make", "change"})
"""Verbs that say nothing without a value."""
_BEGINNING = frozenset(
    {"open", "close", "play", "lock", "unlock", "dim", "set", "pause", "mute", "add", "stop"}
)
"""Verbs that begin a wish where nothing stands between it and the one before."""
_REMARKS = tuple(
    tuple(each.split())
    for each in (
        *("i am", "i need", "i can", "i have", "they are", "we are", "it is", "he is", "she is"),
        *("the sun", "thank you", "i want", "i was", "you know", "and go to", "would you"),
    )
)
"""Behind a whole command: why it is wished, or only talk."""
_REQUESTS = (("can", "you"), ("could", "you"), ("would", "you"), ("will", "you"))
_VALUES = ("number", "color", "white", "amount")
_TIMES = ("duration", "clock", "date", "repeat", "daypart")
_NOUNS = ("kind", "thing", "area", "floor", "ref", "here")
_PEOPLE = frozenset({"i", "we", "he", "she", "they", "it"})
_KEEP_ALL = ("remind", "broadcast", "announce")
Spans = Sequence[Span]


def clauses(whole: Clause) -> tuple[Clause, ...]:
    """Parts with a wish each; what is only a reason ("so that I can sleep") is left out."""
    whole = _without_reason(whole)
    segments = list(_segments(whole))
    parts: list[list[Span]] = []
    for at, segment in enumerate(segments):
        own = Clause(whole.tokens, tuple(segment))
        after = Clause(whole.tokens, tuple(segments[at + 1])) if at + 1 < len(segments) else None
        if parts and not _starts_anew(Clause(whole.tokens, tuple(parts[-1])), own, after):
            parts[-1] += segment
        else:
            parts.append(list(segment))
    found = (whole.part(_trimmed(part)) for part in parts)
    return tuple(clause for clause in found if _has_weight(clause))


def is_request(clause: Clause) -> bool:
    """It begins with "can you ...": what stood before was talk."""
    return bool(clause.spans) and _is_request(clause.tokens, clause.spans[0])


def is_aside(clause: Clause) -> bool:
    """Talk about people and no thing of the home, before or between wishes ("I'm off to bed", "I'm
    home"). What is about nobody ("close the blints") may be a wish that was misheard or misspelled.
    """
    said = set(clause.tokens)
    if {"not", "never", "no"} & said:
        return False
    about = any(clause.having(tag) for tag in (*_NOUNS, *_VALUES, *_TIMES, "turn", "too", "act"))
    return clause.tokens[:2] in _STATEMENTS or (not about and bool(_PEOPLE & said))


def _without_reason(whole: Clause) -> Clause:
    if any(whole.tokens[: len(start)] == start for start in TO_ALL):
        return whole
    for span in whole.spans[1:]:
        before = Clause(whole.tokens, tuple(s for s in whole.spans if s.start < span.start))
        remarks = _REMARKS if _predicates(before) and _names(before) else ()
        for reason in (*_REASONS, *remarks):
            if whole.tokens[span.start : span.start + len(reason)] == reason:
                kept = tuple(s for s in whole.spans if s.start < span.start)
                return Clause(whole.tokens, kept)
    return whole


def _segments(whole: Clause) -> Iterator[list[Span]]:
    """Between conjunctions, each with the one before it; "tv off lights off" has none."""
    segment: list[Span] = []
    for at, span in enumerate(whole.spans):
        before = Clause(whole.tokens, tuple(segment))
        request = _is_request(whole.tokens, span) and _has_weight(before)
        if segment and (span.has("conj") or request or _begins_again(segment, whole.spans[at:])):
            yield segment
            segment = []
        segment.append(span)
    if segment:
        yield segment


def _begins_again(segment: Spans, rest: Spans) -> bool:
    """Something was switched, and now something else is named that is switched too."""
    switched = segment[-1].has("part") and any(s.has("kind") or s.has("thing") for s in segment)
    weighty = next((s for s in rest if not s.has("skip")), rest[0])
    named_one = any(s.has("kind") or s.has("thing") or s.has("area") for s in segment)
    scene = any(e.domain in ("scene", "script") for s in segment for e in s.things)
    whole = scene or (named_one and any(s.has("part") or s.has("act") for s in segment))
    if whole and rest[0].has("act") and rest[0].meanings["act"] in _BEGINNING:
        follows = any(s.has(tag) for s in rest[1:] for tag in _NOUNS)
        return not rest[0].has("state") or (follows and not segment[-1].has("part"))
    if rest[0].meanings.get("turn") in ("turn", "shut") and not rest[0].has("kind"):
        return whole
    named = weighty.has("kind") or weighty.has("thing") or weighty.has("area")
    until = next((at for at, span in enumerate(rest) if span.has("conj")), len(rest))
    return switched and named and any(span.has("part") for span in rest[:until])


def _starts_anew(before: Clause, own: Clause, after: Clause | None) -> bool:
    if _keeps_all(before):
        return _is_command_behind_a_message(before, own)
    if not _has_weight(own) or _is_time(before):
        return False
    if _is_time(own) and "timer" not in before.values("kind"):
        return after is not None and _verbs(after)
    first = next(s for s in own.spans if not s.has("skip") or s.has("ask"))
    if first.has("conj"):
        first = next((s for s in own.spans[1:] if not s.has("skip") or s.has("ask")), first)
    if own.tokens[first.start] in _OPENERS or first.has("turn") or first.has("ask"):
        return _predicates(before) or not _names(before)
    if first.has("act") and not (first.has("kind") or first.has("thing")):
        return _predicates(before) or not _names(before)
    return _is_another(before, own) or (_predicates(before) and _names(before) and _strays(own))


def _is_another(before: Clause, own: Clause) -> bool:
    """A part without a verb in front is one of its own where it has what makes it whole."""
    if _lists(own) and _lists(before):
        return True
    if _lists(own) and before.values("act") & {"add", "remove"} and not own.having("turn"):
        return False  # one list for both things
    timer, lasts = "timer" in own.values("kind"), bool(own.having("duration"))
    if "timer" in before.values("kind") and (timer or (lasts and not own.having("kind"))):
        return True
    if timer and lasts:
        return True
    if own.having("act") and not _names(own) and _predicates(before):
        return True
    timed = any(own.having(tag) for tag in _TIMES) and (
        any(before.having(tag) for tag in _TIMES) or before.said("at", "sunset")
    )
    return _names(own) and _predicates(before) and (_predicates(own) or timed)


def _strays(own: Clause) -> bool:
    """It names nothing of the home and says words that mean nothing here."""
    unknown = any(s.is_unknown for s in own.spans)
    return unknown and not _names(own) and not _predicates(own)


def _lists(clause: Clause) -> bool:
    """A list is named."""
    named = any(e.domain == "todo" for s in clause.having("thing") for e in s.things)
    return named or "list" in clause.values("kind")


def _keeps_all(clause: Clause) -> bool:
    """A reminder or a message goes on to the end."""
    weighty = [s for s in clause.spans if not s.has("skip")]
    first = clause.tokens[weighty[0].start] if weighty else ""
    to_all = any(clause.tokens[: len(start)] == start for start in TO_ALL)
    return first in _KEEP_ALL or to_all or clause.said("remind", "me")


def _is_command_behind_a_message(before: Clause, own: Clause) -> bool:
    """As in "remind me to ring the bank in an hour, and turn off the printer": of a message that is
    about things of the home itself, what follows is part.
    """
    if before.having("turn") or not before.said("remind", "me"):
        return False
    return bool(own.having("turn")) and _names(own)


def _is_time(clause: Clause) -> bool:
    """Nothing but a moment: "in ten minutes", "when the timer is done"."""
    event = clause.said("when") and not any(clause.having(tag) for tag in ("turn", "thing", "area"))
    weighty = [s for s in clause.spans if not s.has("skip") and not s.has("conj")]
    timed = bool(weighty) and all(any(s.has(tag) for tag in _TIMES) for s in weighty)
    return event or timed or (clause.said("at", "sunset") and not _names(clause))


def _verbs(clause: Clause) -> bool:
    return any(clause.having(tag) for tag in ("act", "turn", "part"))


def _predicates(clause: Clause) -> bool:
    """Whether it says what is to be done: "switch the radio" alone waits for its "on"."""
    parts = clause.values("part") - ({"on"} if _lists(clause) else set())
    whole = _lists(clause) or "coffee" in clause.values("kind")  # "put rice on the list"
    acts = clause.values("act") - (set() if whole else _WAITING)
    verbs = bool(parts or acts) or any(clause.having(tag) for tag in ("ask", "too", *_VALUES))
    verbs = verbs or "shut" in clause.values("turn")
    scenes = (
        e for s in clause.having("thing") for e in s.things if e.domain in ("scene", "script")
    )
    if next(scenes, None) is not None:
        return True
    states = {"open", "closed"} & clause.values("state")
    timer = "timer" in clause.values("kind") and clause.having("duration")
    timer = timer or ("alarm" in clause.values("kind") and clause.having("clock"))
    opened = any(clause.tokens[s.start] in _OPENERS for s in clause.spans)
    return verbs or bool(states) or bool(timer) or opened


def _names(clause: Clause) -> bool:
    return any(clause.having(tag) for tag in _NOUNS)


def _has_weight(clause: Clause) -> bool:
    return any(not span.has("skip") and not span.has("conj") for span in clause.spans)


def _is_request(tokens: tuple[str, ...], span: Span) -> bool:
    return any(tokens[span.start : span.start + len(r)] == r for r in _REQUESTS)


def _trimmed(part: list[Span]) -> list[Span]:
    while part and part[-1].has("conj"):
        part = part[:-1]
    while part and part[0].has("conj"):
        part = part[1:]
    return part
