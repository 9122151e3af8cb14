"""Questions of the hub's own: "which one?", "did you mean ...?", and what an answer picks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hub.asker import Asker
from intents.home import Entity, Home, areas_called, called, floors_called
from intents.targets import DOMAINS, Miss, floor_of
from intents.wishes import Wish

WITHIN = 30.0
"""Seconds after which a question lapses."""
_MOST = 5
"""Things among which one can choose."""
_OTHERS = ("or", "or_2", "or_3")


@dataclass(frozen=True, slots=True)
class Choice:
    """`wish` is granted once one of the `options` is picked. `until`: when it lapses."""

    wish: Wish
    options: tuple[Entity, ...]
    until: float

    def picked(self, answer: Wish, home: Home) -> tuple[Entity, ...]:
        """Options that the answer (a HubPick) names: by name, room, floor or number."""
        slots = answer.slots
        match slots.get("ordinal"):
            case "all":
                return self.options
            case "last":
                return self.options[-1:]
            case int(number):
                return self.options[number - 1 : number]
        if name := slots.get("name"):
            return tuple(e for e in self.options if called(e, str(name)))
        areas = {area.id for area in areas_called(home, str(slots.get("area", "")))}
        floors = {floor.id for floor in floors_called(home, str(slots.get("floor", "")))}
        return tuple(e for e in self.options if e.area in areas or floor_of(e, home) in floors)

    def granted(self, picked: Sequence[Entity]) -> tuple[Wish, ...]:
        return tuple(chosen(self.wish, each) for each in picked)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """As in "did you mean ...?": a yes grants `wishes`. `phrase` was said for the thing `entity`,
    and means it from then on, where that could be told.
    """

    wishes: tuple[Wish, ...]
    until: float
    phrase: str | None = field(default=None, repr=False)
    entity: str | None = None


@dataclass
class Questions:
    """At most one in a room."""

    _open: dict[str | None, Choice | Suggestion] = field(default_factory=dict)

    def ask(self, question: Choice | Suggestion, asker: Asker) -> None:
        self._open[asker.area] = question

    def names(self, wish: Wish, asker: Asker, at: float, home: Home) -> bool:
        """Whether a wish to turn something on is but the name of what can be chosen there: "the
        towel rail" alone means the same as "turn on the towel rail" in home-assistant-intents.
        """
        found = self._open.get(asker.area)
        if not isinstance(found, Choice) or at >= found.until:
            return False
        bare = wish.intent == "HassTurnOn" and wish.slots.keys() == {"name"}
        return bare and bool(found.picked(wish, home))

    def take(self, asker: Asker, at: float) -> Choice | Suggestion | None:
        """The one that is open there; it is answered, or forgotten."""
        found = self._open.pop(asker.area, None)
        return found if found and at < found.until else None


def options(wish: Wish, home: Home) -> tuple[Entity, ...]:
    """The things among which such a wish leaves a choice; none where it leaves none."""
    if _OTHERS[0] not in wish.slots:
        return ()
    names = [str(wish.slots[slot]) for slot in ("name", *_OTHERS) if slot in wish.slots]
    return tuple(next(e for e in home.entities if called(e, n)) for n in names if _is(n, home))


def namesakes(wish: Wish, miss: Miss, home: Home) -> tuple[Entity, ...]:
    """Things that are all called what was said, where that was too little to go by."""
    name = wish.slots.get("name")
    if not miss.key.startswith("duplicate_entities") or name is None:
        return ()
    found = tuple(e for e in home.entities if called(e, str(name)))
    domains = DOMAINS.get(wish.intent)
    found = tuple(e for e in found if domains is None or e.domain in domains)
    return found if len(found) <= _MOST else ()


def described(entity: Entity, home: Home) -> str:
    """Its name, with its room where another thing is called so."""
    twins = sum(called(e, entity.name) for e in home.entities)
    room = next((area.name for area in home.areas if area.id == entity.area), None)
    return f"{entity.name} ({room})" if twins > 1 and room else entity.name


def _is(name: str, home: Home) -> bool:
    return any(called(entity, name) for entity in home.entities)


def chosen(wish: Wish, entity: Entity) -> Wish:
    kept = {k: v for k, v in wish.slots.items() if k not in _OTHERS and k != "area"}
    area = {"area": entity.area} if entity.area else {}
    return replace(wish, slots={**kept, "name": entity.name, **area}, response="default")
