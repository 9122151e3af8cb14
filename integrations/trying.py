"""Whether a broker takes a user: connected to once, by a name of no hub, and left again."""

import secrets

from aiomqtt import Client, MqttError, ProtocolVersion

from integrations.connection import MqttOptions, Trouble, explain, new_client, speaks_only_311
from integrations.topics import Topics


class NoBroker(Exception):
    """The message says why, in plain words."""


async def try_broker(options: MqttOptions) -> str:
    """Its protocol, "5" or "3.1.1". Raises NoBroker."""
    try:
        return await _try(options)
    except (MqttError, OSError, ValueError) as error:  # a name that no network can have
        raise NoBroker(_why(error, options)) from error


async def _try(options: MqttOptions) -> str:
    try:
        async with _client(options, ProtocolVersion.V5):
            return "5"
    except MqttError as error:
        if not speaks_only_311(error):
            raise
    async with _client(options, ProtocolVersion.V311):
        return "3.1.1"


def _client(options: MqttOptions, protocol: ProtocolVersion) -> Client:
    """The running hub, which may be there, is not thrown out by it; and it leaves nothing."""
    client = new_client(options, Topics(f"trying_{secrets.token_hex(4)}"), protocol)
    client._client.will_clear()  # noqa: SLF001 - aiomqtt has no way to say it
    return client


def _why(error: MqttError | OSError | ValueError, options: MqttOptions) -> str:
    if isinstance(error, ValueError):
        return "That is no address."
    match explain(error, options)[0]:
        case Trouble.LOGIN:
            return "The MQTT broker there does not take this user and password."
        case Trouble.ABSENT:
            return "No MQTT broker answers there: are address and port right, and is it encrypted?"
        case _:
            return "The MQTT broker there will not have this hub: its log says why."
