"""SLURP's labels, and what of this home answers them: mapped once, for all brains alike.

Its sentences were said to no home in particular; here they are said in the bench's. Places that
mean the whole house or the room one is in are no place to check. A wish to be done later is right
only where the sentence says when.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec

from bench.language.brains import Meant, Said
from bench.language.sentences import Sentence, home, lines
from hub.colors import COLORS
from intents.home import Entity, areas_called, called, floors_called
from intents.targets import Miss, targets
from intents.wishes import Wish


class SlurpEntity(msgspec.Struct, frozen=True):
    type: str
    span: str


class Row(msgspec.Struct, frozen=True):
    """`scenario` stands for the label where nothing of a home is meant."""

    id: int
    text: str
    intent: str = ""
    entities: tuple[SlurpEntity, ...] = ()
    scenario: str = ""

    def spans(self, *types: str) -> tuple[str, ...]:
        return tuple(each.span.casefold() for each in self.entities if each.type in types)


Judge = Callable[[Row, Wish, Sequence[Entity]], bool]

_LATER = ("date", "general_frequency")
"""An action with one of these is for later; other times are lengths ("for one hour")."""
_DIM, _BRIGHT = 70, 30
"""Per cent: not above is a dimmed light, not below a brightened one, where a level is set."""


def rows(name: str) -> Sequence[Row]:
    return [msgspec.json.decode(line, type=Row) for line in lines(name)]


def iot() -> Sequence[Sentence]:
    return [
        Sentence(row.text, home(), f"{row.intent} {row.entities or ''}", partial(_is_right, row))
        for row in rows("slurp_iot.jsonl")
    ]


def not_home() -> Sequence[Sentence]:
    return [
        Sentence(row.text, home(), f"nothing ({row.scenario})", lambda said: not said.acts)
        for row in rows("slurp_not_home.jsonl")
    ]


def _is_right(row: Row, said: Said) -> bool:
    """All that was understood is of the class, with its place, thing and colour."""
    return bool(said.meant) and all(fits(row, each) for each in said.meant)


def fits(row: Row, meant: Meant) -> bool:
    """Whether this wish is what the row's label and entities stand for."""
    found = targets(meant.wish, home())
    things = () if isinstance(found, Miss) else found
    return (
        _CLASSES[row.intent](row, meant.wish, things)
        and bool(meant.when) == bool(row.spans(*_LATER))
        and all(_is_at(place, meant.wish, things) for place in row.spans("house_place"))
        and all(_is_named(name, things) for name in row.spans("device_type"))
    )


def _is_at(place: str, wish: Wish, things: Sequence[Entity]) -> bool:
    """A room or floor of this home is the wish's, or that of all its things."""
    areas = {
        each.id for each in home().areas for name in (each.name, *each.aliases) if _is(name, place)
    }
    floors = {each.id for each in floors_called(home(), place)}
    if not areas and not floors:
        return True
    said = {a.id for a in areas_called(home(), str(wish.slots.get("area", "")))}
    said |= {f.id for f in floors_called(home(), str(wish.slots.get("floor", "")))}
    return bool(said & (areas | floors)) or (bool(things) and {t.area for t in things} <= areas)


def _is(name: str, said: str) -> bool:
    """A space more or less is none ("bed room")."""
    return name.casefold().replace(" ", "") == said.replace(" ", "")


def _is_named(name: str, things: Sequence[Entity]) -> bool:
    """A thing that this home calls so is the one that is meant."""
    meant = {each.id for each in home().entities if called(each, name)}
    return not meant or {each.id for each in things} <= meant


def _cleaning(_row: Row, wish: Wish, things: Sequence[Entity]) -> bool:
    if wish.intent in ("HassVacuumStart", "HassVacuumCleanArea"):
        return True
    return wish.intent == "HassTurnOn" and _all(things, "vacuum")


def _coffee(_row: Row, wish: Wish, things: Sequence[Entity]) -> bool:
    return wish.intent == "HassTurnOn" and all("Coffee" in t.name for t in things) and bool(things)


def _off(_row: Row, wish: Wish, things: Sequence[Entity]) -> bool:
    return wish.intent == "HassTurnOff" and _all(things, "light")


def _on(_row: Row, wish: Wish, things: Sequence[Entity]) -> bool:
    """A colour turns lights on as well."""
    colored = wish.intent == "HassLightSet" and "color" in wish.slots
    return _is_lit(wish, things) or _changes(wish, "up") or colored


def _up(_row: Row, wish: Wish, things: Sequence[Entity]) -> bool:
    return _changes(wish, "up") or _is_lit(wish, things)


def _dim(_row: Row, wish: Wish, things: Sequence[Entity]) -> bool:
    """A scene is one way to a dim room ("nighttime mode")."""
    return _changes(wish, "down") or _is_scene(wish, things)


def _change(row: Row, wish: Wish, things: Sequence[Entity]) -> bool:
    """The colour that was named (of several the last), else any colour, mood or scene.

    Where none was named, lights without a colour yet are right too: then it must be asked for.
    """
    colors = [span for span in row.spans("color_type") if span in COLORS]
    if wish.intent != "HassLightSet":
        return not colors and _is_scene(wish, things)
    return not colors or str(wish.slots.get("color")).casefold() == colors[-1]


def _switched(intent: str, _row: Row, wish: Wish, things: Sequence[Entity]) -> bool:
    return wish.intent == intent and bool(things) and not any(t.domain == "light" for t in things)


def _is_lit(wish: Wish, things: Sequence[Entity]) -> bool:
    return wish.intent == "HassTurnOn" and _all(things, "light")


def _is_scene(wish: Wish, things: Sequence[Entity]) -> bool:
    return wish.intent == "HassTurnOn" and _all(things, "scene", "script")


def _changes(wish: Wish, way: str) -> bool:
    if wish.intent != "HassLightSet":
        return False
    step, level = wish.slots.get("brightness_step"), wish.slots.get("brightness")
    if isinstance(step, int | float):
        return (step > 0) == (way == "up")
    if isinstance(level, int | float):
        return level >= _BRIGHT if way == "up" else level <= _DIM
    return False


def _all(things: Sequence[Entity], *domains: str) -> bool:
    return bool(things) and all(each.domain in domains for each in things)


_CLASSES: Mapping[str, Judge] = {
    "iot_cleaning": _cleaning,
    "iot_coffee": _coffee,
    "iot_hue_lightoff": _off,
    "iot_hue_lighton": _on,
    "iot_hue_lightup": _up,
    "iot_hue_lightdim": _dim,
    "iot_hue_lightchange": _change,
    "iot_wemo_on": partial(_switched, "HassTurnOn"),
    "iot_wemo_off": partial(_switched, "HassTurnOff"),
}
