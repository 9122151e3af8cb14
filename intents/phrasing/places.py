"""From a noun to the slots of a wish: which things, by name, or by kind and place. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from intents import outdoors
from intents.home import Area, Entity, Home, called
from intents.phrasing.lookup import Lookup
from intents.phrasing.nouns import About, Noun
from intents.phrasing.tagging import is_a
from intents.wishes import Slot

Filled = dict[str, Slot]
_DOMAIN = {
    "light": "light",
    "fan": "fan",
    "climate": "climate",
    "temperature": "climate",
    "vacuum": "vacuum",
    "mower": "lawn_mower",
    "media": "media_player",
    "volume": "media_player",
    "tv": "media_player",
    "valve": "valve",
    "siren": "siren",
    "humidifier": "humidifier",
    "switch": "switch",
    "lock": "lock",
    "cover": "cover",
    "brightness": "light",
    "color": "light",
    "list": "todo",
}
_CLASSES = ("blind", "curtain", "shade", "shutter", "awning")
_ONE_KIND = ("garage", "gate")
_MANY = frozenset({"light"})
"""Kinds of which even "the lamp" means all that are there, as Home Assistant takes it."""
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Places:
    """`here`: the room in which it is said, where that is known."""

    lookup: Lookup
    here: Area | None

    @property
    def home(self) -> Home:
        return self.lookup.home

    def of(self, about: About, domain: str | None = None) -> tuple[Filled, ...] | None:
        """Slots of each wish, or None where something that was said is not there.

        `domain`: what the verb is about, where no kind was said ("dim the kitchen").
        """
        found: list[Filled] = []
        left_out = self._left_out(about.excepted)
        for noun in about.nouns or (Noun(here=True),):
            slots = self._noun(noun, domain)
            if not slots or left_out is None:
                return None
            found += [{**each, **left_out} for each in slots]
        return tuple(found)

    def _noun(self, noun: Noun, domain: str | None) -> list[Filled]:
        if noun.reference == "it" and noun.every:
            return []  # "all that": what follows was cut off, or was not heard
        if noun.reference and not noun.things:
            return [{"reference": noun.reference}]
        if noun.things:
            return self._things(noun, domain)
        kind = noun.kind
        if kind is None or kind in ("brightness", "color", "temperature", "volume"):
            wanted = domain or _DOMAIN.get(kind or "")
            return [
                {**({"domain": wanted} if wanted else {"name": "all"}), **place}
                for place in self._place(noun)
            ]
        if kind in _MANY or ((noun.every or noun.plural) and kind in _DOMAIN):
            if not self._some(kind):
                return []
            return [{"domain": _DOMAIN[kind], **place} for place in self._place(noun)]
        return self._by_class(noun) if kind in _CLASSES else self._single(noun)

    def _things(self, noun: Noun, domain: str | None) -> list[Filled]:
        """One thing by its name; of several those of the room, else all are offered."""
        things = noun.things
        things = _prefer(things, [e for e in things if noun.kind and is_a(e, noun.kind)])
        things = _prefer(things, [e for e in things if e.domain == domain])
        if noun.areas:
            rooms = {area.id for area in noun.areas}
            there = [e for e in self.home.entities if noun.kind and is_a(e, noun.kind)]
            elsewhere = [e for e in there if e.area in rooms]
            things = _prefer(_prefer(things, elsewhere), [e for e in things if e.area in rooms])
        elif self.here is not None:
            things = _prefer(things, [e for e in things if e.area == self.here.id])
        if noun.every or (noun.plural and len(things) > 1):
            return [self._named(e) for e in things]
        if len(things) > _MOST_NAMED:
            return []
        return [_either([self._named(e) for e in things])]

    def _named(self, entity: Entity) -> Filled:
        """Its name, with its room where others are called so."""
        twins = [e for e in self.home.entities if called(e, entity.name)]
        area = next((a for a in self.home.areas if a.id == entity.area), None)
        named: Filled = {"name": entity.name}
        return {**named, "area": area.name} if len(twins) > 1 and area else named

    def _place(self, noun: Noun) -> Iterator[Filled]:
        if noun.areas:
            yield {"area": noun.areas[0].name}
        elif noun.floors:
            yield {"floor": noun.floors[0].name}
        elif noun.outdoor:
            for area in self.home.areas:
                if area.name.casefold() in outdoors.AREAS:
                    yield {"area": area.name}
        elif (self.here is not None and not (noun.house or noun.every)) or (
            noun.here and self.here
        ):
            yield {"area": self.here.name}
        else:
            yield {}

    def _single(self, noun: Noun) -> list[Filled]:
        """As "the fan", "the plug": the only one, that of the room, or which one."""
        kind = noun.kind or ""
        things = [e for e in self.home.entities if is_a(e, kind) and _fits(e, kind)]
        if noun.areas:
            things = [e for e in things if e.area in {a.id for a in noun.areas}]
        elif noun.floors:
            floors = {floor.id for floor in noun.floors}
            rooms = {a.id for a in self.home.areas if a.floor in floors}
            things = [e for e in things if e.area in rooms or e.floor in floors]
        elif self.here is not None:
            things = list(_prefer(things, [e for e in things if e.area == self.here.id]))
        if not things or len(things) > _MOST_NAMED:
            return []
        if noun.every or noun.plural:
            return [self._named(e) for e in things]
        return [_either([self._named(e) for e in things])]

    def _by_class(self, noun: Noun) -> list[Filled]:
        """Blinds, or what this home has instead: nobody tells shades from blinds."""
        covers = [e for e in self.home.entities if e.domain == "cover"]
        there = {e.device_class for e in covers}
        classes = [noun.kind] if noun.kind in there else [c for c in _CLASSES if c in there]
        places = list(self._place(noun))
        return [
            {"domain": "cover", "device_class": str(each), **place}
            for each in classes
            for place in places
        ]

    def _some(self, kind: str) -> bool:
        return any(entity.domain == _DOMAIN[kind] for entity in self.home.entities)

    def _left_out(self, nouns: Sequence[Noun]) -> Filled | None:
        names: list[str] = []
        for noun in nouns:
            places = [a.name for a in noun.areas] + [f.name for f in noun.floors]
            if noun.things and not (places and noun.kind):
                names += [e.name for e in noun.things]
            elif places:
                names.append(places[0])
            elif noun.here and self.here:
                names.append(self.here.name)
            elif noun.kind:
                names += [e.name for e in self.home.entities if is_a(e, noun.kind)]
            else:
                return None
        if len(names) > 3:  # noqa: PLR2004 as many slots
            return None
        keys = ("except", "except_2", "except_3")
        return dict(zip(keys, names, strict=False))


def _fits(entity: Entity, kind: str) -> bool:
    """A plug is a switch that is one: not the coffee machine's."""
    if kind in _ONE_KIND:
        return entity.device_class == kind
    if kind == "switch":
        name = entity.name.casefold()
        return entity.device_class == "outlet" or any(w in name for w in ("plug", "socket"))
    return True


def _either(named: Sequence[Filled]) -> Filled:
    """The first, and what else it may be."""
    first = dict(named[0])
    others = zip(("or", "or_2", "or_3"), (str(each["name"]) for each in named[1:]), strict=False)
    return first | dict(others)


def _prefer(all_of: Iterable[Entity], some: Sequence[Entity]) -> tuple[Entity, ...]:
    return tuple(some) or tuple(all_of)
