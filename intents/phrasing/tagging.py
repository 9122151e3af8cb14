"""Words to spans: at each word the longest thing that can be meant, then parts of names."""

from collections.abc import Iterator
from dataclasses import replace

from intents.home import Entity
from intents.phrasing.lexicon import Lexicon
from intents.phrasing.lookup import Lookup
from intents.phrasing.numbers import number
from intents.phrasing.spans import Span
from intents.phrasing.times import clock, date, duration, part_of_day, repeat

Tokens = tuple[str, ...]
_UNITS = {
    "percent": "%",
    "%": "%",
    "per": "%",
    "degrees": "degree",
    "degree": "degree",
    "°": "degree",
    "kelvin": "kelvin",
    "k": "kelvin",
}
_NUMBERED = ("number", "ordinal")
_WHOLE = frozenset({"whole", "entire"})


def tagged(tokens: Tokens, lexicon: Lexicon, lookup: Lookup) -> tuple[Span, ...]:
    """Spans that cover every word."""
    spans: list[Span] = []
    at = 0
    while at < len(tokens):
        span = _best(tokens, at, lexicon, lookup)
        if spans and span.has("kind") and tokens[at - 1] == "back" and spans[-1].has("skip"):
            spans[-1] = Span(at - 1, at)  # which door it is, and none is called that
        if spans and tokens[at - 1] in _WHOLE and _is_countable(tokens, span):
            spans[-1] = Span(spans[-1].start, at)  # misheard: a house is whole, no lamp is
        spans.append(span)
        at = span.end
    return _partly_named(tokens, tuple(spans), lookup)


def _is_countable(tokens: Tokens, span: Span) -> bool:
    """A lamp, by its kind alone; lighting, and rooms, may be spoken of as a whole."""
    is_kind = span.has("kind") and not (span.has("thing") or span.has("area"))
    return is_kind and not tokens[span.end - 1].endswith("ing")


def _best(tokens: Tokens, at: int, lexicon: Lexicon, lookup: Lookup) -> Span:
    candidates = [*_candidates(tokens, at, lexicon, lookup)]
    if not candidates:
        return Span(at, at + 1)
    end = max(span.end for span in candidates)
    longest = [span for span in candidates if span.end == end]
    meanings = {tag: value for span in reversed(longest) for tag, value in span.meanings.items()}
    named = next((span for span in longest if span.things or span.areas or span.floors), longest[0])
    amount = next((span.amount for span in longest if span.amount is not None), None)
    return replace(named, meanings=meanings, amount=amount)


def _candidates(tokens: Tokens, at: int, lexicon: Lexicon, lookup: Lookup) -> Iterator[Span]:
    if named := lookup.longest(tokens, at):
        yield named
    yield from _times(tokens, at)
    if found := number(tokens, at):
        value, end = found
        unit = _UNITS.get(tokens[end]) if end < len(tokens) else None
        meanings = {"number": f"{value:g}"} | ({"unit": unit} if unit else {})
        end += (unit is not None) + (tokens[end : end + 2] == ("per", "cent"))
        yield Span(at, end, meanings, amount=value)
    if meant := lexicon.longest(tokens, at):
        yield Span(at, meant[1], meant[0])


def _times(tokens: Tokens, at: int) -> Iterator[Span]:
    if length := duration(tokens, at):
        yield Span(at, length[1], {"duration": ""}, amount=length[0])
    if time := clock(tokens, at):
        yield Span(at, time[1], {"clock": ""}, amount=time[0])
    if day := date(tokens, at):
        bare = {"ordinal": str(int(day[0]))} if day[0].isdigit() else {}
        yield Span(at, day[1], {"date": day[0], **bare})
    if often := repeat(tokens, at):
        yield Span(at, often[1], {"repeat": often[0][0]}, amount=often[0][1:])
    if part := part_of_day(tokens, at):
        yield Span(at, part[1], {"daypart": part[0]})


def _partly_named(tokens: Tokens, spans: tuple[Span, ...], lookup: Lookup) -> tuple[Span, ...]:
    """Runs with a word that only names of this home hold become those things."""
    found: list[Span] = []
    at = 0
    while at < len(spans):
        run = _longest_part(tokens, spans, at, lookup)
        found.append(run[0] if run else spans[at])
        at = run[1] if run else at + 1
    return tuple(found)


def _longest_part(
    tokens: Tokens, spans: tuple[Span, ...], at: int, lookup: Lookup
) -> tuple[Span, int] | None:
    end = at
    while end < len(spans) and _may_name(tokens, spans[end], lookup):
        end += 1
    for stop in range(end, at, -1):
        run = spans[at:stop]
        if not any(span.is_unknown for span in run):
            continue
        if things := _things(tokens, run, lookup):
            span = Span(run[0].start, run[-1].end, {"thing": ""}, things)
            return span, stop
    return None


def _may_name(tokens: Tokens, span: Span, lookup: Lookup) -> bool:
    if span.is_unknown:
        return lookup.knows(tokens[span.start])
    return span.has("kind") or span.has("area") or any(span.has(tag) for tag in _NUMBERED)


def _things(tokens: Tokens, run: tuple[Span, ...], lookup: Lookup) -> tuple[Entity, ...]:
    """Entities that hold every word; a kind need not be in the name, if it is one of that kind."""
    every = tokens[run[0].start : run[-1].end]
    if found := lookup.with_words(every):
        return tuple(e for e in found if len(every) > 1 or e.domain not in _ROUTINES)
    own = [w for s in run if not s.has("kind") for w in tokens[s.start : s.end]]
    kinds = [span.meanings["kind"] for span in run if span.has("kind")]
    return tuple(e for e in lookup.with_words(own) if all(is_a(e, kind) for kind in kinds))


_DOMAINS = {
    "light": ("light",),
    "fan": ("fan",),
    "switch": ("switch", "input_boolean"),
    "vacuum": ("vacuum",),
    "mower": ("lawn_mower",),
    "media": ("media_player",),
    "tv": ("media_player",),
    "climate": ("climate",),
    "lock": ("lock",),
    "door": ("lock", "cover", "binary_sensor"),
    "window": ("cover", "binary_sensor"),
    "garage": ("cover",),
    "gate": ("cover",),
    "valve": ("valve",),
    "siren": ("siren",),
    "humidifier": ("humidifier",),
    "scene": ("scene", "script"),
    "coffee": ("switch", "button", "script"),
    "list": ("todo",),
}
_ROUTINES = frozenset({"scene", "script", "automation", "person", "weather", "zone"})
"""Of these one word of the name is too little: "the light, we're leaving" is not "Leaving Home"."""
_COVERS = ("cover", "blind", "curtain", "shade", "shutter", "awning")


def is_a(entity: Entity, kind: str) -> bool:
    """Whether somebody may call this thing so: "lamp" of a light, or of a switch with that name."""
    if kind in _COVERS:
        return entity.domain == "cover"
    if entity.domain in _DOMAINS.get(kind, ()):
        return True
    return entity.domain in ("switch", "input_boolean") and kind in entity.name.casefold()
