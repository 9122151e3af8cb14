"""Home Assistant for the hub: a connection kept up, the home as a snapshot, service calls."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Never

import aiohttp

from integrations.homeassistant.address import websocket_address
from integrations.homeassistant.agent import Said, converse
from integrations.homeassistant.backoff import wait
from integrations.homeassistant.connection import Connection, connect
from integrations.homeassistant.errors import (
    CallRefused,
    CallTimedOut,
    CommandRefused,
    Lost,
    NotConnected,
    Refused,
)
from integrations.homeassistant.lists import items
from integrations.homeassistant.mirror import Change, Mirror
from integrations.homeassistant.patience import Patience
from integrations.homeassistant.protocol import Json
from integrations.homeassistant.snapshot import Snapshot

log = logging.getLogger(__name__)

STEADY = Patience()
_NOTHING = Snapshot()


class Standing(Enum):
    CONNECTING = "connecting"
    CONNECTED = "connected"
    REFUSED = "refused"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Status:
    standing: Standing
    reason: str = ""
    """In plain words for the owner; empty unless refused or lost."""


class HomeAssistant:
    """`token` is called for each attempt, so that a token that was replaced is found; no raising.

    `on_change` is called in the event loop, must not block, and may call `snapshot`.
    """

    def __init__(
        self,
        address: str,
        token: Callable[[], str],
        on_change: Callable[[Change], None],
        patience: Patience = STEADY,
    ) -> None:
        self._address = websocket_address(address)
        self._token = token
        self._on_change = on_change
        self._patience = patience
        self._status = Status(Standing.CONNECTING)
        self._connection: Connection | None = None
        self._mirror: Mirror | None = None
        self._failures = 0
        self._lost_at: float | None = None

    @property
    def connected(self) -> bool:
        return self._connection is not None

    @property
    def status(self) -> Status:
        return self._status

    @property
    def age(self) -> float | None:
        """Seconds for which `snapshot` may be out of date; None while connected, or never."""
        if self.connected or self._lost_at is None:
            return None
        return time.monotonic() - self._lost_at

    def snapshot(self) -> Snapshot:
        """The home as last seen; kept while the connection is lost, empty before the first."""
        return self._mirror.snapshot() if self._mirror else _NOTHING

    async def run(self) -> Never:
        """Connect, and again for ever; ends by being cancelled."""
        async with aiohttp.ClientSession() as session:
            while True:
                token = self._token()
                try:
                    await self._live(session, token)
                except Refused as refused:
                    self._stand(Status(Standing.REFUSED, str(refused)))
                    await self._wait_for_another(token)
                except Lost as lost:
                    self._stand(Status(Standing.LOST, str(lost)))
                    await asyncio.sleep(wait(self._failures, random.random()))  # noqa: S311  spread
                    self._failures += 1

    async def call(
        self,
        domain: str,
        service: str,
        entity_ids: Sequence[str] = (),
        data: Mapping[str, Json] | None = None,
    ) -> None:
        """Returns when Home Assistant says that the service has run.

        Raises NotConnected at once without a connection, CallRefused, CallTimedOut.
        """
        fields: dict[str, Json] = {"domain": domain, "service": service, "service_data": data or {}}
        if entity_ids:
            fields["target"] = {"entity_id": entity_ids}
        with _plain_errors(f"{domain}.{service}"):
            await self._there().ask("call_service", fields, patience=self._patience.answer)

    async def items(self, entity_id: str) -> tuple[str, ...]:
        """What stands on a to-do list and is still to be done. Raises as `call`."""
        with _plain_errors("todo.get_items"):
            return await items(self._there(), entity_id, patience=self._patience.answer)

    async def converse(self, text: str, language: str) -> Said | None:
        """What its conversation agent says, and does; None for what it does not understand.

        Raises as `call`.
        """
        with _plain_errors("conversation.process"):
            return await converse(self._there(), text, language, patience=self._patience.answer)

    def _there(self) -> Connection:
        if self._connection is None:
            raise NotConnected("Home Assistant is not connected.")
        return self._connection

    async def _live(self, session: aiohttp.ClientSession, token: str) -> Never:
        """One connection from its beginning to its end: raises Lost or Refused."""
        end: Lost | Refused = Lost("The connection to Home Assistant ended.")
        patience = self._patience.answer
        async with connect(session, self._address, token, patience=patience) as connection:
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(connection.read())
                    tasks.create_task(self._follow(connection))
            except* (Lost, Refused) as group:
                end = _first(group)
            finally:
                if self.connected:
                    self._lost_at = time.monotonic()
                self._connection = None
        raise end

    async def _follow(self, connection: Connection) -> Never:
        mirror = Mirror(connection, self._on_change, self._patience)
        await mirror.load()
        self._mirror, self._connection, self._failures = mirror, connection, 0
        self._stand(Status(Standing.CONNECTED))
        self._on_change(Change.HOME)
        await mirror.follow()

    async def _wait_for_another(self, token: str) -> None:
        left = self._patience.refused
        while left > 0 and self._token() == token:
            await asyncio.sleep(self._patience.look)
            left -= self._patience.look

    def _stand(self, status: Status) -> None:
        """Says so once: at a change of standing, not at every attempt."""
        changed = status.standing is not self._status.standing
        self._status = status
        if not changed:
            return
        if status.standing is Standing.CONNECTED:
            log.info("Home Assistant is connected.")
        else:
            log.warning("%s Trying again until it works.", status.reason)
        self._on_change(Change.CONNECTION)


@contextmanager
def _plain_errors(service: str) -> Iterator[None]:
    try:
        yield
    except CommandRefused as refused:
        raise CallRefused(str(refused)) from refused
    except TimeoutError as error:
        raise CallTimedOut(f"Home Assistant has not confirmed {service}.") from error
    except Lost as lost:
        raise NotConnected("Home Assistant went away before it confirmed.") from lost


def _first(group: BaseExceptionGroup[Lost | Refused]) -> Lost | Refused:
    """Refused before Lost, which only follows from it."""
    leaves = [error for error in group.exceptions if isinstance(error, Lost | Refused)]
    return next((error for error in leaves if isinstance(error, Refused)), leaves[0])
