"""What came in from the broker: a typed command or a named refusal, never a surprise. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import msgspec

from integrations.camera_payloads import SET, SetCamera
from integrations.device_payloads import DeviceSet
from integrations.hermes import NotHermes, asked
from integrations.payloads import IN, Command
from integrations.topics import Topics

LIMIT = 4_096
"""Bytes; larger payloads are refused before they are parsed."""

_HOME_LEVELS = 3  # home/<object>/set

P = TypeVar("P")


class Refusal(StrEnum):
    """Why a message was not obeyed. The words go to the log, the message never does."""

    TOO_LARGE = "larger than 4,096 bytes"
    NOT_JSON = "not JSON"
    WRONG_CONTENT = "a missing, unknown or wrong value (docs/mqtt.md lists what is allowed)"
    UNKNOWN_TOPIC = "a topic that means nothing here"
    RETAINED = "a retained command, which would be obeyed again at every start"
    TOO_MANY = "more commands than could be carried out"
    UNKNOWN_DEVICE = "no such device in this home"
    UNKNOWN_ROOM = "no such room in this home"
    UNKNOWN_CAMERA = "no such camera here"


class RefusedError(Exception):
    """A message that is not obeyed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"Refused an MQTT message: {refusal.value}.")
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class DeviceOrder:
    """`object_id`: the device, as topics.object_id spells it."""

    object_id: str
    order: DeviceSet


@dataclass(frozen=True, slots=True)
class Birth:
    """Home Assistant has started and knows nothing of us yet."""


@dataclass(frozen=True, slots=True)
class CameraOrder:
    """`key`: of the camera, as in its topic; it may be none of ours."""

    key: str
    order: SetCamera


Incoming = Command | DeviceOrder | CameraOrder


def read(topics: Topics, topic: str, payload: bytes, *, retain: bool) -> Incoming | Birth | None:
    """None for Home Assistant's farewell, and for what Hermes asks of others. Raises RefusedError
    for all that is not in the vocabulary.
    """
    if topic == topics.birth:
        return Birth() if payload == b"online" else None
    if retain:
        raise RefusedError(Refusal.RETAINED)
    if len(payload) > LIMIT:
        raise RefusedError(Refusal.TOO_LARGE)
    if topics.hermes and topic.startswith("hermes/"):
        return _hermes(topics, topic, payload)
    place = topics.place(topic) or ""
    if place in IN:
        return _decode(payload, IN[place])
    levels = place.split("/")
    if len(levels) == _HOME_LEVELS and levels[0] == "home" and levels[2] == "set":
        return DeviceOrder(levels[1], _decode(payload, DeviceSet))
    if place.startswith(SET):
        return CameraOrder(place.removeprefix(SET), _decode(payload, SetCamera))
    raise RefusedError(Refusal.UNKNOWN_TOPIC)


def _hermes(topics: Topics, topic: str, payload: bytes) -> Command | None:
    try:
        return asked(topics, topic, payload)
    except NotHermes:
        raise RefusedError(Refusal.WRONG_CONTENT) from None


def _decode(payload: bytes, kind: type[P]) -> P:
    try:
        return msgspec.json.decode(payload, type=kind)
    except msgspec.ValidationError:
        raise RefusedError(Refusal.WRONG_CONTENT) from None  # its message may quote the content
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise RefusedError(Refusal.NOT_JSON) from None
