"""A home that exists only here: services change its states as real devices would."""

from collections.abc import Callable
from dataclasses import replace

from hub.homes.backend import CallFailed
from hub.homes.behaviour import NoSuchItem, perform
from hub.services import Call
from hub.turn import Result
from intents.home import Entity, Home


class SimulatedHome:
    granted: Result = "done"
    known = True
    age: float | None = None

    def __init__(self, home: Home, on_change: Callable[[Entity], None] | None = None) -> None:
        self._home = home
        self._on_change = on_change

    @property
    def home(self) -> Home:
        return self._home

    async def call(self, call: Call) -> None:
        try:
            self.change(tuple(perform(call, self._now(target)) for target in call.targets))
        except NoSuchItem as error:
            raise CallFailed("The list has no such item.") from error

    async def items(self, todo: Entity) -> tuple[str, ...]:
        held = self._now(todo).attributes.get("items", ())
        return tuple(map(str, held)) if isinstance(held, tuple) else ()

    def change(self, changed: tuple[Entity, ...]) -> None:
        """Take these entities' new states."""
        new = {entity.id: entity for entity in changed}
        entities = tuple(new.get(entity.id, entity) for entity in self._home.entities)
        self._home = replace(self._home, entities=entities)
        for entity in changed:
            if self._on_change:
                self._on_change(entity)

    def _now(self, target: Entity) -> Entity:
        return next((e for e in self._home.entities if e.id == target.id), target)
