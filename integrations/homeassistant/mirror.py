"""The home, kept current over one connection: states and registries as they change."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Never

from integrations.homeassistant.connection import Connection
from integrations.homeassistant.patience import Patience
from integrations.homeassistant.reading import plainly, read_aliases, read_exposure, read_registries
from integrations.homeassistant.registry import Registries
from integrations.homeassistant.snapshot import Entity, Snapshot
from integrations.homeassistant.states import StateCache

EVENTS = (
    "floor_registry_updated",
    "area_registry_updated",
    "device_registry_updated",
    "entity_registry_updated",
    "homeassistant_started",
)


class Change(Enum):
    CONNECTION = "connection"
    HOME = "home"
    """Names, places, or what there is: what can be said has changed."""
    STATES = "states"


@dataclass(frozen=True, slots=True)
class Known:
    registries: Registries = field(default_factory=Registries)
    exposed: frozenset[str] = frozenset()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def entity(self, entity_id: str, states: StateCache) -> Entity | None:
        if (state := states.get(entity_id)) is None:
            return None
        return Entity(
            entity_id,
            state.friendly_name or entity_id.partition(".")[2].replace("_", " "),
            self.aliases.get(entity_id, ()),
            self.registries.area_of(entity_id),
            state.value,
            state.attributes,
        )


class Mirror:
    def __init__(
        self, connection: Connection, changed: Callable[[Change], None], patience: Patience
    ) -> None:
        self._connection = connection
        self._changed = changed
        self._patience = patience
        self._states = StateCache()
        self._known = Known()
        self._stale = asyncio.Event()
        self._snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The same object until something changes."""
        if self._snapshot is None:
            self._snapshot = self._look()
        return self._snapshot

    def _look(self) -> Snapshot:
        found = (self._known.entity(key, self._states) for key in sorted(self._known.exposed))
        registries = self._known.registries
        return Snapshot(
            registries.floors,
            registries.areas,
            tuple(entity for entity in found if entity),
            registries.place,
        )

    async def load(self) -> None:
        """Everything once. The first states come before any answer asked for after them."""
        with plainly("subscribe_entities"):
            await self._connection.subscribe(
                "subscribe_entities", {}, self._on_states, patience=self._patience.answer
            )
        for event in EVENTS:
            await self._watch(event)
        self._stale.clear()
        self._learn(await self._read())

    async def follow(self) -> Never:
        while True:
            if not await self._is_stale():
                continue
            await asyncio.sleep(self._patience.settle)
            self._stale.clear()
            known = await self._read()
            if known != self._known:
                self._learn(known)
                self._changed(Change.HOME)
            await asyncio.sleep(self._patience.rest)

    def _learn(self, known: Known) -> None:
        self._known, self._snapshot = known, None

    async def _is_stale(self) -> bool:
        try:
            async with asyncio.timeout(self._patience.exposure):
                return await self._stale.wait()
        except TimeoutError:
            exposure = await read_exposure(self._connection, patience=self._patience.answer)
            return exposure != self._known.registries.exposure

    async def _read(self) -> Known:
        registries = await read_registries(self._connection, patience=self._patience.answer)
        exposed = frozenset(
            key
            for key, state in self._states.items()
            if registries.exposed(key, state.device_class)
        )
        registered = sorted(exposed & registries.entries.keys())
        aliases = await read_aliases(self._connection, registered, patience=self._patience.answer)
        return Known(registries, exposed, aliases)

    async def _watch(self, event: str) -> None:
        with plainly("subscribe_events"):
            await self._connection.subscribe(
                "subscribe_events",
                {"event_type": event},
                self._on_registry,
                patience=self._patience.answer,
            )

    def _on_registry(self, _event: bytes) -> None:
        self._stale.set()

    def _on_states(self, event: bytes) -> None:
        touched = self._states.apply(event)
        self._snapshot = None
        if touched.named - self._known.exposed:
            self._stale.set()  # something is there that nothing is known about yet
        if touched.named & self._known.exposed:
            self._changed(Change.HOME)
        elif touched.valued & self._known.exposed:
            self._changed(Change.STATES)
