"""Whether Home Assistant stands at an address and takes a token: asked once, and left again."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import aiohttp
import msgspec

from integrations.homeassistant.address import websocket_address
from integrations.homeassistant.connection import Connection, connect
from integrations.homeassistant.errors import BadAddress, CommandRefused, Lost

PATIENCE = 8.0
"""Seconds for each answer."""


@dataclass(frozen=True, slots=True)
class Met:
    """`things`: how many entities it told this user of."""

    version: str
    things: int


class _Config(msgspec.Struct):
    version: str


class _State(msgspec.Struct):
    entity_id: str


async def try_once(address: str, token: str, patience: float = PATIENCE) -> Met:
    """Raises BadAddress; Refused where the token is not taken; Lost where none answers."""
    there = websocket_address(address)
    try:
        async with aiohttp.ClientSession() as session:
            return await _try(session, there, token, patience)
    except UnicodeError as error:
        raise BadAddress("The address of Home Assistant has a broken host or port.") from error


async def _try(session: aiohttp.ClientSession, there: str, token: str, patience: float) -> Met:
    async with connect(session, there, token, patience=patience) as connection:
        reading = asyncio.create_task(connection.read())
        try:
            return await _met(connection, patience)
        except (TimeoutError, CommandRefused, msgspec.MsgspecError) as error:
            raise Lost("Something answers there, but not as Home Assistant does.") from error
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError, Lost):
                await reading


async def _met(connection: Connection, patience: float) -> Met:
    config = await connection.ask("get_config", patience=patience)
    states = await connection.ask("get_states", patience=patience)
    version = msgspec.json.decode(config, type=_Config).version
    return Met(version, len(msgspec.json.decode(states, type=list[_State])))
