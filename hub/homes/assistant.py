"""The home that Home Assistant knows, its names and states kept current."""

from collections.abc import Iterator
from contextlib import contextmanager

from hub.homes.backend import CallFailed, HomeLost
from hub.services import Call
from hub.turn import Result
from integrations.homeassistant.agent import Said
from integrations.homeassistant.client import HomeAssistant, Standing
from integrations.homeassistant.errors import CallError, NotConnected
from integrations.homeassistant.snapshot import Snapshot
from intents.home import Area, Entity, Floor, Home


class AssistantHome:
    granted: Result = "done"

    def __init__(self, link: HomeAssistant) -> None:
        self._link = link
        self._snapshot: Snapshot | None = None
        self._home = Home()

    @property
    def known(self) -> bool:
        """Once connected, or once it is certain that Home Assistant is not there now."""
        return self._link.status.standing is not Standing.CONNECTING

    @property
    def home(self) -> Home:
        snapshot = self._link.snapshot()
        if snapshot is not self._snapshot:
            self._snapshot, self._home = snapshot, as_home(snapshot)
        return self._home

    @property
    def age(self) -> float | None:
        return self._link.age

    async def call(self, call: Call) -> None:
        ids = [target.id for target in call.targets]
        with _as_ours():
            await self._link.call(call.domain, call.service, ids, call.data)

    async def items(self, todo: Entity) -> tuple[str, ...]:
        with _as_ours():
            return await self._link.items(todo.id)

    async def converse(self, text: str, language: str) -> Said | None:
        """What Home Assistant's conversation agent makes of it. Raises CallFailed."""
        with _as_ours():
            return await self._link.converse(text, language)


@contextmanager
def _as_ours() -> Iterator[None]:
    try:
        yield
    except NotConnected as error:
        raise HomeLost(str(error)) from error
    except CallError as error:
        raise CallFailed(str(error)) from error


def as_home(snapshot: Snapshot) -> Home:
    """Home Assistant's own words in ours."""
    return Home(
        floors=tuple(Floor(f.id, f.name, f.aliases) for f in snapshot.floors),
        areas=tuple(Area(a.id, a.name, a.aliases, a.floor_id) for a in snapshot.areas),
        entities=tuple(
            Entity(
                id=e.entity_id,
                name=e.name,
                domain=e.domain,
                aliases=e.aliases,
                area=e.area_id,
                state=e.state,
                attributes=e.attributes,
            )
            for e in snapshot.entities
        ),
    )
