"""One connection to a broker, and in plain words why there is none."""

import logging
import ssl
from dataclasses import dataclass, field
from enum import StrEnum

from aiomqtt import Client, MqttError, ProtocolVersion, Will
from aiomqtt.exceptions import MqttCodeError, MqttConnectError
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from integrations.topics import OFFLINE, Topics

LARGEST_PACKET = 16_384
"""Bytes. A broker that speaks MQTT 5 keeps larger packets to itself; 3.1.1 has no such wish."""

REACH_SECONDS = 1.5
"""To open a connection. It blocks a thread, which an ending hub must wait for."""

ANSWER_SECONDS = 5.0
"""For the broker to answer."""

KEEPALIVE_SECONDS = 15
"""A broker that is silent for about twice as long is taken for dead."""

BUFFER = 256
"""Messages from the broker that may wait to be read."""

_WRONG_PROTOCOL = 132
_WRONG_LOGIN = (134, 135)
"""Reason codes of MQTT 5, which paho makes of those of 3.1.1 too."""

_TIMED_OUT = ("Operation timed out",)  # aiomqtt has no type for it

# Under a flood these libraries write a line for each message; we count instead.
_quiet = logging.getLogger(f"{__name__}.client")
_quiet.setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class MqttOptions:
    """`ca_file`: certificate of the broker's authority where this machine does not know it.
    `only_311`: do not try MQTT 5. For the embedded broker, which misreads it and says nothing.
    """

    host: str
    port: int = 1883
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    ca_file: str | None = None
    only_311: bool = False

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


class Trouble(StrEnum):
    ABSENT = "absent"
    LOGIN = "login"
    REFUSED = "refused"
    TWIN = "twin"


def new_client(options: MqttOptions, topics: Topics, protocol: ProtocolVersion) -> Client:
    """Not connected yet. The same identifier each time, so that the broker ends what is left of
    an old connection before its last will can say that we are gone. Raises OSError (an
    ssl.SSLError is one) where `ca_file` cannot be read.
    """
    client = Client(
        options.host,
        options.port,
        username=options.username,
        password=options.password,
        logger=_quiet,
        identifier=f"inglenook_{topics.node}",
        protocol=protocol,
        will=Will(topics.availability, OFFLINE, qos=1, retain=True),
        timeout=ANSWER_SECONDS,
        keepalive=KEEPALIVE_SECONDS,
        max_queued_incoming_messages=BUFFER,
        properties=_wishes() if protocol is ProtocolVersion.V5 else None,
        tls_context=ssl.create_default_context(cafile=options.ca_file) if options.tls else None,
    )
    client._client.connect_timeout = REACH_SECONDS  # noqa: SLF001 - aiomqtt has no way to say it
    return client


def speaks_only_311(error: MqttError) -> bool:
    """The broker refused MQTT 5, or misread it and waits for more, as some do."""
    if isinstance(error, MqttConnectError):
        return _code(error) == _WRONG_PROTOCOL
    return error.args == _TIMED_OUT


def explain(error: MqttError | OSError, options: MqttOptions) -> tuple[Trouble, str]:
    """What is wrong, for people; the same trouble may have many details."""
    if not isinstance(error, MqttConnectError):
        return Trouble.ABSENT, (
            f"No MQTT broker at {options.place} ({_why(error)}). The hub goes on without it, "
            "keeps what is to be told, and tries again."
        )
    if _code(error) in _WRONG_LOGIN:
        return Trouble.LOGIN, (
            f"The MQTT broker at {options.place} refused the user name or the password. Check "
            "both in the configuration; the hub goes on without it."
        )
    return Trouble.REFUSED, (
        f"The MQTT broker at {options.place} will not have this hub ({error.rc}). Its log says "
        "why; the hub goes on without it, and tries again."
    )


def _why(error: MqttError | OSError) -> str:
    """A broker that went away leaves paho's "unspecified error" and no more."""
    cause = error.__cause__ or error
    return "the connection ended" if isinstance(cause, MqttCodeError) else str(cause)


def twin(options: MqttOptions, topics: Topics) -> str:
    return (
        f"The MQTT broker at {options.place} lets this hub go as soon as it is there: another hub "
        f"is called {topics.node!r} too. Give each a `node` of its own in its settings."
    )


def _wishes() -> Properties:
    properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call] # paho
    properties.MaximumPacketSize = LARGEST_PACKET
    return properties


def _code(error: MqttConnectError) -> int | None:
    return error.rc.value if isinstance(error.rc, ReasonCode) else error.rc
