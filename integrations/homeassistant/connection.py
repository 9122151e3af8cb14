"""One authenticated websocket to Home Assistant: questions, answers and subscribed events."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Never

import aiohttp

from integrations.homeassistant.errors import CommandRefused, Lost, Refused
from integrations.homeassistant.protocol import (
    FOREIGN,
    AuthInvalid,
    AuthOk,
    AuthRequired,
    Event,
    Json,
    Message,
    Result,
    auth,
    parse,
    request,
)

HEARTBEAT = 20.0
"""Seconds between pings, so that a cable pulled out is noticed."""
LARGEST = 64 * 2**20
"""Bytes of one message; 10,000 entities are about 10 MB."""
GOODBYE = aiohttp.ClientWSTimeout(ws_close=1.0)
"""Seconds to wait for the other side when closing: it may be gone."""

Socket = aiohttp.ClientWebSocketResponse


class Connection:
    """Answers arrive only while `read` runs."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[Result]] = {}
        self._listeners: dict[int, Callable[[bytes], None]] = {}

    async def read(self) -> Never:
        """Raises Lost when the connection ends, also into every question still open."""
        try:
            while True:
                self._take(await _receive(self._socket))
        finally:
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(Lost("The connection to Home Assistant ended."))

    async def ask(
        self, kind: str, fields: Mapping[str, Json] | None = None, *, patience: float
    ) -> bytes:
        """The answer's JSON. Raises CommandRefused, Lost, or TimeoutError after `patience` s."""
        return await self._exchange(next(self._numbers), kind, fields or {}, patience)

    async def subscribe(
        self,
        kind: str,
        fields: Mapping[str, Json] | None,
        listener: Callable[[bytes], None],
        *,
        patience: float,
    ) -> None:
        """`listener` gets each event's JSON for as long as the connection lasts."""
        number = next(self._numbers)
        self._listeners[number] = listener
        await self._exchange(number, kind, fields or {}, patience)

    async def _exchange(
        self, number: int, kind: str, fields: Mapping[str, Json], patience: float
    ) -> bytes:
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            async with asyncio.timeout(patience):
                await self._send(request(number, kind, fields))
                result = await future
        finally:
            del self._waiting[number]
        if result.success:
            return bytes(result.result)
        fault = result.error
        raise CommandRefused(str(fault.code) if fault else "", fault.message if fault else "")

    async def _send(self, text: str) -> None:
        try:
            await self._socket.send_str(text)
        except (aiohttp.ClientError, OSError) as error:
            raise Lost("The connection to Home Assistant ended.") from error

    def _take(self, message: Message) -> None:
        match message:
            case Result(id=number) if (future := self._waiting.get(number)) is not None:
                if not future.done():
                    future.set_result(message)
            case Event(id=number, event=event) if number in self._listeners:
                self._listeners[number](bytes(event))
            case _:
                # an answer that came after its question was given up
                pass


@asynccontextmanager
async def connect(
    session: aiohttp.ClientSession, address: str, token: str, *, patience: float
) -> AsyncIterator[Connection]:
    """Raises Lost when nothing usable answers within `patience` s, Refused when the token is."""
    socket = await _open(session, address, patience)
    try:
        await _authenticate(socket, token, patience)
        yield Connection(socket)
    finally:
        await socket.close()


async def _open(session: aiohttp.ClientSession, address: str, patience: float) -> Socket:
    try:
        async with asyncio.timeout(patience):
            return await session.ws_connect(
                address, heartbeat=HEARTBEAT, max_msg_size=LARGEST, timeout=GOODBYE
            )
    except TimeoutError as error:
        raise Lost("Home Assistant does not answer.") from error
    except aiohttp.WSServerHandshakeError as error:
        raise _turned_away(error.status) from error
    except aiohttp.ClientConnectorCertificateError as error:
        raise Lost("Home Assistant's certificate is not trusted by this machine.") from error
    except aiohttp.ClientConnectorSSLError as error:
        raise Lost(
            "No secure connection there: is its address http:// and not https://?"
        ) from error
    except (aiohttp.ClientError, OSError) as error:
        raise Lost("Home Assistant cannot be reached.") from error


def _turned_away(status: int) -> Lost | Refused:
    if status == 403:  # noqa: PLR2004  HTTP's own number
        return Refused(
            "Home Assistant has banned this machine (403): "
            "remove its address from ip_bans.yaml and restart Home Assistant."
        )
    return Lost(f"Something answers there, but it is not Home Assistant (HTTP {status}).")


async def _authenticate(socket: Socket, token: str, patience: float) -> None:
    try:
        async with asyncio.timeout(patience):
            if not isinstance(await _receive(socket), AuthRequired):
                raise Lost(FOREIGN)
            await socket.send_str(auth(token))
            answer = await _receive(socket)
    except TimeoutError as error:
        raise Lost("Home Assistant does not answer.") from error
    except (aiohttp.ClientError, OSError) as error:
        raise Lost("The connection to Home Assistant ended.") from error
    match answer:
        case AuthOk():
            return
        case AuthInvalid():
            raise Refused(
                "Home Assistant does not accept the token: "
                "make a new one in your profile there, under Security."
            )
        case _:
            raise Lost(FOREIGN)


async def _receive(socket: Socket) -> Message:
    message = await socket.receive()
    if message.type is not aiohttp.WSMsgType.TEXT:
        raise Lost("The connection to Home Assistant ended.")
    return parse(message.data)
