"""The embedded MQTT broker, for a house that has none. It speaks MQTT 3.1.1 only.

It listens to this machine alone, or to the local network for those who know the password.
"""

import asyncio
import hmac
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from errno import EADDRINUSE
from ipaddress import ip_address

from amqtt.adapters import StreamWriterAdapter
from amqtt.broker import Broker as Amqtt
from amqtt.contexts import BaseContext
from amqtt.plugins.base import BaseAuthPlugin
from amqtt.session import Session

CONNECTIONS = 64
"""How many clients may be connected at once."""

LARGEST_PACKET = 1_000_000
"""Bytes. Larger than any discovery message; nothing that needs more belongs here."""

STOP_SECONDS = 0.4
"""For amqtt to end, and then for what it left open."""

# It writes client names and every start and end; what matters is raised as BrokerStartError.
logging.getLogger("amqtt").setLevel(logging.CRITICAL)


class BrokerStartError(Exception):
    """The embedded broker cannot start; the words say what to do."""


@dataclass(frozen=True, slots=True)
class BrokerOptions:
    """`address`: of this machine, as digits. Other than 127.0.0.1 or ::1 it demands a user name
    and a password; given, they are demanded everywhere.
    """

    address: str = "127.0.0.1"
    port: int = 1883
    username: str | None = None
    password: str | None = field(default=None, repr=False)


class Login(BaseAuthPlugin):  # type: ignore[misc] # amqtt has no types, and takes plugins by class
    """The one user of this broker; without one, everybody who can reach it."""

    @dataclass
    class Config:
        """What amqtt hands to this plugin."""

        username: str | None = None
        password: str | None = field(default=None, repr=False)

    def __init__(self, context: BaseContext) -> None:
        super().__init__(context)
        self._user: Login.Config = context.config

    async def authenticate(self, *, session: Session) -> bool:
        user = self._user
        if user.username is None or user.password is None:
            return True
        name, word = session.username or "", session.password or ""
        right_name = hmac.compare_digest(name.encode(), user.username.encode())
        return hmac.compare_digest(word.encode(), user.password.encode()) and right_name


class _Bounded:
    """What amqtt reads from: a client that announces too much is let go before it is read."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, size: int) -> bytes:
        if size > LARGEST_PACKET:
            self._writer.close()
            raise ConnectionResetError
        return await self._reader.readexactly(size)

    def feed_eof(self) -> None:
        self._reader.feed_eof()


class Broker:
    """Must be made inside a running event loop. What it retains dies with it.

    The sockets are ours and amqtt is handed the streams: so their number and the size of packets
    are bounded, and nothing is left open.
    """

    def __init__(self, options: BrokerOptions) -> None:
        """Raises BrokerStartError for an address that may not be served."""
        _check(options)
        self._options = options
        self._open: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._server: asyncio.Server | None = None
        login = {"username": options.username, "password": options.password}
        self._amqtt = Amqtt(
            {
                "listeners": {"default": {"type": "external"}},
                "plugins": {f"{__name__}.{Login.__name__}": login},
            }
        )

    async def start(self) -> None:
        """Raises BrokerStartError."""
        options = self._options
        try:
            self._server = await asyncio.start_server(
                self._serve, options.address, options.port, start_serving=False
            )
        except OSError as error:
            raise BrokerStartError(_explain(error, options)) from None
        await self._amqtt.start()
        await self._server.start_serving()

    async def stop(self) -> None:
        """Returns within a second, though a client will not go."""
        if self._server is None:
            return
        self._server.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await self._amqtt.shutdown()
        for writer in self._open.values():
            writer.close()
        if self._open:
            await asyncio.wait(self._open.keys(), timeout=STOP_SECONDS)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._open) >= CONNECTIONS:
            writer.close()
            return
        task = asyncio.current_task()
        assert task
        self._open[task] = writer
        try:
            await self._amqtt.external_connected(
                _Bounded(reader, writer), StreamWriterAdapter(writer), "default"
            )
        finally:
            del self._open[task]
            writer.close()


def _check(options: BrokerOptions) -> None:
    try:
        local = ip_address(options.address).is_loopback
    except ValueError:
        raise BrokerStartError(
            f"The embedded MQTT broker cannot listen at {options.address!r}: write an address of "
            "this machine in digits, for example 127.0.0.1."
        ) from None
    if not local and not (options.username and options.password):
        raise BrokerStartError(
            f"The embedded MQTT broker would be open to everybody at {options.address}: give it a "
            "user name and a password, or let it listen at 127.0.0.1."
        )


def _explain(error: OSError, options: BrokerOptions) -> str:
    place = f"{options.address}:{options.port}"
    if error.errno == EADDRINUSE:
        return (
            f"The embedded MQTT broker cannot listen at {place}: another program already does. "
            "If that is a broker, use it (mqtt host and port); if not, choose another port."
        )
    return f"The embedded MQTT broker cannot listen at {place}: {error.strerror}."
