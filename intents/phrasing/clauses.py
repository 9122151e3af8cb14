"""Where one wish ends and the next begins. Pure; English."""

from collections.abc import Iterator

from intents.phrasing.spans import Clause, Span

_STARTS = ("act", "turn", "ask")
_OPENERS = frozenset({"remind", "wake", "tell", "time", "broadcast", "announce", "let", "alert"})
_REASONS = (
    *(("so", "that"), ("so", "i"), ("so", "we"), ("because",), ("since", "i"), ("as", "i")),
    *(("for", "the", "party"), ("while", "i"), ("when", "i", "arrive"), ("when", "i", "get")),
    *(("before", "i"), ("in", "order", "to"), ("and", "let", "the"), ("if", "you", "do", "not")),
)
_REQUESTS = (("can", "you"), ("could", "you"), ("would", "you"), ("will", "you"), ("please",))
_VALUES = ("number", "color", "white", "amount")


def clauses(whole: Clause) -> tuple[Clause, ...]:
    """Parts with a wish each; what is only a reason ("so that I can sleep") is left out."""
    whole = _without_reason(whole)
    parts: list[list[Span]] = [[]]
    spans = whole.spans
    for at, span in enumerate(spans):
        before = Clause(whole.tokens, tuple(parts[-1]))
        if parts[-1] and not _keeps_all(before):
            if span.has("conj"):
                if _begins(whole.tokens, spans[at + 1 :], before):
                    parts.append([])
                    continue
            elif _is_request(whole.tokens, span) and _has_weight(before):
                parts.append([])
        parts[-1].append(span)
    found = (whole.part(_trimmed(part)) for part in parts)
    return tuple(clause for clause in found if _has_weight(clause))


def is_request(clause: Clause) -> bool:
    """It begins with "can you ...": what stood before was talk."""
    return bool(clause.spans) and _is_request(clause.tokens, clause.spans[0])


def _without_reason(whole: Clause) -> Clause:
    for span in whole.spans[1:]:
        for reason in _REASONS:
            if whole.tokens[span.start : span.start + len(reason)] == reason:
                kept = tuple(s for s in whole.spans if s.start < span.start)
                return Clause(whole.tokens, kept)
    return whole


def _keeps_all(clause: Clause) -> bool:
    """A reminder or a message goes on to the end."""
    weighty = [s for s in clause.spans if not s.has("skip")]
    first = clause.tokens[weighty[0].start] if weighty else ""
    return first in ("remind", "broadcast", "announce") or clause.said("remind", "me")


def _begins(tokens: tuple[str, ...], rest: tuple[Span, ...], before: Clause) -> bool:
    segment = list(_segment(rest))
    weighty = [s for s in segment if not s.has("skip") or s.has("ask")]
    if not weighty:
        return False
    first = weighty[0]
    if not _has_verb(before):
        return _has_value(before) and _has_value(Clause(tokens, tuple(segment)))
    if tokens[first.start] in _OPENERS or any(first.has(tag) for tag in _STARTS):
        return not (first.has("kind") or first.has("thing")) or first.has("turn")
    own = Clause(tokens, tuple(segment))
    if "timer" in own.values("kind") and "timer" in before.values("kind"):
        return True
    parts = own.first("part") is not None and before.first("part") is not None
    valued = _has_value(own) and _has_value(before)
    return (parts or valued) and bool(
        own.having("kind") or own.having("thing") or own.having("area")
    )


def _segment(rest: tuple[Span, ...]) -> Iterator[Span]:
    for span in rest:
        if span.has("conj"):
            return
        yield span


def _has_verb(clause: Clause) -> bool:
    return any(clause.having(tag) for tag in ("act", "turn", "part", "ask", "too", "ref")) or any(
        clause.tokens[s.start] in _OPENERS for s in clause.spans
    )


def _has_value(clause: Clause) -> bool:
    return any(clause.having(tag) for tag in _VALUES)


def _has_weight(clause: Clause) -> bool:
    return any(not span.has("skip") for span in clause.spans)


def _is_request(tokens: tuple[str, ...], span: Span) -> bool:
    return any(tokens[span.start : span.start + len(r)] == r for r in _REQUESTS)


def _trimmed(part: list[Span]) -> list[Span]:
    while part and part[-1].has("conj"):
        part = part[:-1]
    while part and part[0].has("conj"):
        part = part[1:]
    return part
