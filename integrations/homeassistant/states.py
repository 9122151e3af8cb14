"""What every entity is doing now, kept from Home Assistant's compressed changes. Pure."""

from collections.abc import ItemsView, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from integrations.homeassistant.errors import Lost
from integrations.homeassistant.snapshot import Attribute

NAMING = frozenset({"friendly_name", "device_class"})
"""Attributes that change what may be said, not only what would be answered."""


class Added(msgspec.Struct, frozen=True):
    s: str
    a: dict[str, object] = {}


class Plus(msgspec.Struct, frozen=True):
    s: str | None = None
    a: dict[str, object] = {}


class Minus(msgspec.Struct, frozen=True):
    a: list[str] = []


class Diff(msgspec.Struct, frozen=True):
    plus: Plus = msgspec.field(name="+", default=Plus())
    minus: Minus = msgspec.field(name="-", default=Minus())


class Changes(msgspec.Struct, frozen=True):
    """One event of `subscribe_entities`: entities added, changed and removed."""

    a: dict[str, Added] = {}
    c: dict[str, Diff] = {}
    r: list[str] = []


_changes = msgspec.json.Decoder(Changes)


@dataclass(frozen=True, slots=True)
class State:
    value: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def friendly_name(self) -> str | None:
        name = self.attributes.get("friendly_name")
        return name if isinstance(name, str) and name.strip() else None

    @property
    def device_class(self) -> str | None:
        value = self.attributes.get("device_class")
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Touched:
    """Ids of entities: `named` came, went or got another name; `valued` only do something else."""

    named: frozenset[str]
    valued: frozenset[str]


class StateCache:
    def __init__(self) -> None:
        self._states: dict[str, State] = {}

    def get(self, entity_id: str) -> State | None:
        return self._states.get(entity_id)

    def items(self) -> ItemsView[str, State]:
        return self._states.items()

    def apply(self, event: bytes) -> Touched:
        """Take in one event. Raises Lost if it is not one: then only a new connection helps."""
        try:
            changes = _changes.decode(event)
        except msgspec.DecodeError as error:
            raise Lost("Home Assistant sent states that cannot be read.") from error
        before = {key: self._states.get(key) for key in (*changes.a, *changes.c, *changes.r)}
        for entity_id in changes.r:
            self._states.pop(entity_id, None)
        for entity_id, added in changes.a.items():
            self._states[entity_id] = State(added.s, _simple(added.a))
        for entity_id, diff in changes.c.items():
            if (old := self._states.get(entity_id)) is not None:
                self._states[entity_id] = _changed(old, diff)
        return self._touched(before)

    def _touched(self, before: Mapping[str, State | None]) -> Touched:
        after = {key: self._states.get(key) for key in before}
        changed = {key for key in before if before[key] != after[key]}
        named = frozenset(key for key in changed if _naming(before[key]) != _naming(after[key]))
        return Touched(named, frozenset(changed - named))


def _changed(old: State, diff: Diff) -> State:
    attributes = {key: value for key, value in old.attributes.items() if key not in diff.minus.a}
    for key in diff.plus.a:
        attributes.pop(key, None)
    attributes |= _simple(diff.plus.a)
    return State(old.value if diff.plus.s is None else diff.plus.s, attributes)


def _naming(state: State | None) -> tuple[Attribute, ...] | None:
    return None if state is None else tuple(state.attributes.get(key) for key in sorted(NAMING))


def _simple(attributes: Mapping[str, object]) -> dict[str, Attribute]:
    """Numbers, words and plain lists of them; the rest, and keys to cameras, stay outside."""
    simple: dict[str, Attribute] = {}
    for key, value in attributes.items():
        if "token" in key or key.startswith("entity_picture"):
            continue
        match value:
            case str() | int() | float() | None:
                simple[key] = value
            case [*items]:
                simple |= _simple_list(key, items)
            case _:
                continue
    return simple


def _simple_list(key: str, items: Sequence[object]) -> dict[str, Attribute]:
    words = tuple(item for item in items if isinstance(item, str))
    numbers = tuple(
        item for item in items if isinstance(item, int | float) and not isinstance(item, bool)
    )
    if len(words) == len(items):
        return {key: words}
    return {key: numbers} if len(numbers) == len(items) else {}
