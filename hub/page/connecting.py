"""Home Assistant and a broker connected from the page: tried first, then written into the settings.

An address and the secret for it are only ever changed together: no old secret is sent to a new
address, whoever has opened the page.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

import msgspec

from hub.changing.secrets import GivenSecrets
from hub.changing.text import GONE, Place
from hub.config import Config
from hub.fields import Name
from hub.ledger.purposes import Endpoint
from hub.network import endpoints
from hub.page.bodies import read
from hub.page.settings import Mistaken, SettingsDesk
from hub.section import is_loopback
from integrations.connection import MqttOptions
from integrations.homeassistant.errors import BadAddress, Lost, Refused
from integrations.homeassistant.trying import try_once
from integrations.trying import NoBroker, try_broker
from integrations.web.limits import Limit
from integrations.web.site import Declined

_TRIED = "tried on the page"
Changes = Mapping[Place, object]
Token = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
Address = Annotated[str, msgspec.Meta(max_length=300)]


class ConnectHome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mark: str
    url: Address
    token: Token

    def __repr__(self) -> str:
        return "ConnectHome()"


class ConnectBroker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Without `username` nobody in particular."""

    mark: str
    host: Address
    port: int
    username: Name | None = None
    password: Token | None = None
    tls: bool = False

    def __repr__(self) -> str:
        return "ConnectBroker()"


class Connected(msgspec.Struct, frozen=True, kw_only=True):
    """Saved, for the next start, or mistakes. `version`: of Home Assistant, or of MQTT; `things`:
    how many Home Assistant told of.
    """

    mistakes: tuple[Mistaken, ...] = ()
    version: str = ""
    things: int = 0


class Connections(msgspec.Struct, frozen=True, kw_only=True):
    """As the settings have them. `closed`: why they cannot be changed here, in plain words."""

    url: str | None
    host: str | None
    port: int
    username: str | None
    tls: bool
    closed: str = ""


def in_use(config: Config) -> tuple[Path, ...]:
    """Where the secrets lie that a hub with these settings reads."""
    home = config.home_assistant
    named = (config.mqtt.password, home.token if home else None)
    return tuple(secret.file for secret in named if secret is not None and secret.file)


@dataclass(frozen=True, slots=True)
class Connecting:
    """`expect`: tells the ledger whom to expect traffic with."""

    desk: SettingsDesk
    secrets: GivenSecrets
    expect: Callable[[Endpoint], None]
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    _tries: Limit = field(default_factory=lambda: Limit(5, 5.0))

    async def show(self) -> Connections:
        now = await self.desk.do(self.desk.now)
        return Connections(
            url=now.home_assistant.url if now.home_assistant else None,
            host=now.mqtt.host,
            port=now.mqtt.port,
            username=now.mqtt.username,
            tls=now.mqtt.tls,
            closed=self._closed,
        )

    async def home(self, body: bytes) -> Connected:
        wanted = read(body, ConnectHome)
        place, token = self.secrets.place("home-assistant"), wanted.token.strip()
        changes: Changes = {
            ("home_assistant", "url"): wanted.url.strip().rstrip("/"),
            ("home_assistant", "token"): {"file": str(place)},
        }
        made = await self._made(wanted.mark, changes)
        if not isinstance(made, Config):
            return Connected(mistakes=made)
        assert made.home_assistant is not None
        try:
            met = await try_once(made.home_assistant.url, token)
        except (BadAddress, Refused, Lost) as error:
            raise Declined(str(error)) from error
        await self._keep(wanted.mark, changes, place, token)
        return Connected(version=met.version, things=met.things)

    async def broker(self, body: bytes) -> Connected:
        wanted = read(body, ConnectBroker)
        place, user = self.secrets.place("mqtt"), wanted.username
        host, password = wanted.host.strip(), (wanted.password or "").strip() or None
        changes: Changes = {
            ("mqtt", "host"): host,
            ("mqtt", "port"): wanted.port,
            ("mqtt", "tls"): wanted.tls or GONE,
            ("mqtt", "username"): user or GONE,
            ("mqtt", "password"): {"file": str(place)} if password else GONE,
        }
        if not host:
            return Connected(mistakes=(Mistaken("mqtt.host", "A broker has an address."),))
        made = await self._made(wanted.mark, changes)
        if not isinstance(made, Config):
            return Connected(mistakes=made)
        if self._is_own(made):
            raise Declined("That is the hub's own broker: it is used already.")
        to = made.mqtt
        try:
            version = await try_broker(
                MqttOptions(host, to.port, user, password, to.tls, to.ca_file)
            )
        except NoBroker as error:
            raise Declined(str(error)) from error
        await self._keep(wanted.mark, changes, place, password)
        return Connected(version=version)

    def _is_own(self, made: Config) -> bool:
        """The broker of the hub itself, which would not be there after a start with this."""
        now, to = self.desk.running.mqtt, made.mqtt
        host = to.host or ""
        is_here = is_loopback(host) or host == now.listen
        return now.host is None and is_here and to.port == now.port

    @property
    def _closed(self) -> str:
        if "home_assistant" in self.desk.source.over:
            return "Home Assistant's app connects it by itself."
        if not self.desk.may_loosen:
            return "A page without a password may not connect the hub with others."
        return self.desk.source.file.problem

    async def _made(self, mark: str, changes: Changes) -> Config | tuple[Mistaken, ...]:
        """The settings as they would be, with the ledger told whom is tried."""
        if self._closed:
            raise Declined(self._closed)
        if not self._tries.take(time.monotonic()):
            raise Declined("That was too much at once. Wait a moment.")
        made = await self.desk.judge(mark, changes)
        if not isinstance(made, Config):
            return made
        try:
            named = endpoints(made)
        except ValueError as error:
            key = ".".join(next(iter(changes)))
            raise Declined(f"{key}: the host or the port is broken.") from error
        for endpoint in (each for each in named if each.host):
            self.expect(replace(endpoint, purpose=_TRIED))
        return made

    async def _keep(self, mark: str, changes: Changes, place: Path, secret: str | None) -> None:
        # One after the other: what one writes the next may take for a secret that nobody names.
        async with self._alone:
            if secret:
                await self.desk.do(lambda: self.secrets.keep(place, secret))
            if not (await self.desk.put(mark, changes, sure=True)).saved:
                raise Declined("The settings were changed elsewhere meanwhile: load them anew.")
