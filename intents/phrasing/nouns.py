"""What a clause is about: things, kinds and places, one noun for each part of "x and y". Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from intents.home import Area, Entity, Floor
from intents.phrasing.spans import Clause, Span
from intents.phrasing.tagging import is_a

_WHERE = frozenset({"in", "at", "on", "of", "from", "to", "inside", "for"})
_ATTRIBUTES = frozenset({"brightness", "color", "temperature", "volume", "scene", "humidity"})
"""Kinds that are of something else: the brightness of the lamp."""


@dataclass(frozen=True, slots=True)
class Noun:
    """`kind`: a word for a kind of thing ("lights"); `plural` and `every`: all of them are meant;
    `here`, `house`: the room one is in, the whole home; `reference`: what was spoken of before.
    """

    things: tuple[Entity, ...] = ()
    kind: str | None = None
    areas: tuple[Area, ...] = ()
    floors: tuple[Floor, ...] = ()
    here: bool = False
    house: bool = False
    every: bool = False
    plural: bool = False
    outdoor: bool = False
    reference: str | None = None

    @property
    def is_empty(self) -> bool:
        return self == Noun()

    @property
    def has_place(self) -> bool:
        return bool(self.areas or self.floors or self.here or self.house or self.outdoor)

    @property
    def has_head(self) -> bool:
        """Not only a place."""
        return bool(self.things or self.kind or self.reference)


@dataclass(frozen=True, slots=True)
class About:
    """All nouns of a clause, and those that are left out of them ("all but the kitchen")."""

    nouns: tuple[Noun, ...]
    excepted: tuple[Noun, ...] = ()


def about(clause: Clause) -> About:
    """Parts of "x and y" share what only one of them has: the last place, the next kind."""
    nouns: list[Noun] = [Noun()]
    excepted: list[Noun] = []
    current = nouns
    for span in clause.spans:
        if span.has("except"):
            current = excepted
            current.append(Noun())
        elif span.has("conj"):
            current.append(Noun())
        else:
            start = clause.tokens[max(0, span.start - 2) : span.start]
            article = start[-1:] == ("the",) and start[0] not in _WHERE
            if _is_another(current[-1], span) or (article and _is_elsewhere(current[-1], span)):
                current.append(Noun())
            current[-1] = _with(current[-1], span, clause)
    nouns = [replace(n, reference=None) if _is_nothing(n) else n for n in nouns]
    kept = [noun for noun in nouns if not noun.is_empty]
    return About(tuple(_shared(kept)), tuple(each for each in excepted if not each.is_empty))


def _is_another(noun: Noun, span: Span) -> bool:
    """As in "the kitchen light the office light": nobody says "and" before each."""
    if span.has("thing") and not (span.has("area") and noun.kind):
        if noun.things:
            return not any(thing in span.things for thing in noun.things)
        other = noun.kind not in (None, *_ATTRIBUTES)
        return other and not any(is_a(e, noun.kind or "") for e in span.things)
    kind = span.meanings.get("kind")
    if kind is None or kind in _ATTRIBUTES or not noun.things:
        return False
    return not any(is_a(e, kind) for e in noun.things)


def _is_elsewhere(noun: Noun, span: Span) -> bool:
    """As in "the kitchen light the office light", where no thing is called that."""
    rooms = {area.id for area in span.areas}
    return span.has("area") and bool(noun.things) and not any(e.area in rooms for e in noun.things)


def _is_nothing(noun: Noun) -> bool:
    """The "it" in "make it brighter in the kitchen"."""
    return noun.reference == "it" and noun.has_place and not noun.things


def _with(noun: Noun, span: Span, clause: Clause) -> Noun:
    meanings = span.meanings
    if span.has("kind"):
        last = clause.tokens[span.end - 1]
        noun = replace(noun, kind=meanings["kind"], plural=noun.plural or last.endswith("s"))
    if span.has("area"):
        noun = replace(noun, areas=span.areas)
    if span.has("thing") and not (span.has("area") and noun.kind):
        noun = replace(noun, things=_narrower(noun.things, span.things))
    if span.has("floor"):
        noun = replace(noun, floors=span.floors)
    elif span.has("outdoor") and not (span.has("area") or span.has("thing")):
        noun = replace(noun, outdoor=True)
    if span.has("here") and not span.has("area"):
        noun = replace(noun, here=True)
    if span.has("whole"):
        noun = replace(noun, house=True)
    if meanings.get("quant") == "all":
        noun = replace(noun, every=True)
    if span.has("ref"):
        noun = replace(noun, reference=meanings["ref"])
    return noun


def _narrower(before: tuple[Entity, ...], more: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """As "the bedside one, the lamp": what both can be, else what was said last."""
    both = tuple(e for e in before if e in more)
    return both or more


def _shared(nouns: Sequence[Noun]) -> Iterable[Noun]:
    """As "the kitchen and bedroom lights", "the lights and the fan in the bedroom"."""
    heads = [noun for noun in nouns if noun.has_head]
    places = [noun for noun in nouns if noun.has_place]
    for at, noun in enumerate(nouns):
        if noun.kind and not noun.things and any(other.every for other in nouns[:at]):
            noun = replace(noun, every=True)  # noqa: PLW2901
        if not noun.has_head and noun.has_place and heads:
            after = [other for other in nouns[at + 1 :] if other.has_head] or heads[-1:]
            noun = replace(noun, kind=after[0].kind, plural=True, every=after[0].every)  # noqa: PLW2901
        elif noun.kind and not noun.things and not noun.has_place and places:
            before = [other for other in nouns[:at] if other.has_place]
            last = before[-1] if before else places[-1]
            if last.has_head:
                noun = replace(  # noqa: PLW2901
                    noun, areas=last.areas, floors=last.floors, here=last.here, house=last.house
                )
        yield noun
