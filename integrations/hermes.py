"""Hermes, the topics that Rhasspy's users build on: text and intents, no sound. Pure.

`siteId` is the node of this hub. Field names are those of Rhasspy's Hermes reference. What the hub
tells is what its own topics tell: the words only where the owner lets them, never what was not
understood.
"""

import re
from typing import Annotated

import msgspec

from integrations.payload import Name, SlotValue, Text
from integrations.payloads import Ask, Command, Event, NotUnderstood, Recognized, Say, WakeWord
from integrations.topics import HERMES_ASKS, HERMES_SAYS, Post, Topics

_LEVEL = re.compile(r"[\w.:-]+")


class NotHermes(Exception):
    """What came on a topic of Hermes is none of its messages."""


class _Message(msgspec.Struct, frozen=True, rename="camel"):
    """Of all its many keys those that mean something here."""

    site_id: Name = "default"
    text: Text | None = None
    input: Text | None = None


class _Intent(msgspec.Struct, frozen=True, rename="camel"):
    intent_name: str
    confidence_score: float


class _Value(msgspec.Struct, frozen=True):
    value: SlotValue
    kind: str = "Custom"


class _Slot(msgspec.Struct, frozen=True, rename="camel"):
    entity: str
    slot_name: str
    raw_value: str
    value: _Value


class _Detected(msgspec.Struct, frozen=True, rename="camel"):
    site_id: str
    model_id: str


class _Recognized(msgspec.Struct, frozen=True, rename="camel"):
    site_id: str
    session_id: str
    input: str
    intent: _Intent
    slots: list[_Slot]
    asr_confidence: Annotated[float, msgspec.Meta(ge=0, le=1)]


class _NotRecognized(msgspec.Struct, frozen=True, rename="camel"):
    site_id: str
    session_id: str
    input: str = ""


def told(topics: Topics, event: Event) -> Post | None:
    """The same in Hermes' words; None for what it has none for."""
    site = topics.node
    match event:
        case WakeWord(word=word) if _is_level(word):
            return _post(f"hermes/hotword/{word}/detected", _Detected(site, word))
        case Recognized() if _is_level(event.intent):
            intent = _Intent(event.intent, event.confidence)
            slots = [_slot(name, value) for name, value in event.slots.items()]
            words = event.words or ""
            session = f"{site}-{event.turn}"
            body = _Recognized(site, session, words, intent, slots, event.confidence)
            return _post(f"hermes/intent/{event.intent}", body)
        case NotUnderstood(turn=turn):
            return _post("hermes/nlu/intentNotRecognized", _NotRecognized(site, f"{site}-{turn}"))
        case _:
            return None


def asked(topics: Topics, topic: str, payload: bytes) -> Command | None:
    """What it asks of this hub; None where another site is meant. Raises NotHermes."""
    try:
        message = msgspec.json.decode(payload, type=_Message)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise NotHermes from None  # its message may quote the content
    if message.site_id != topics.node:
        return None
    text = message.text or message.input
    if not text:
        raise NotHermes
    if topic == HERMES_ASKS:
        return Ask(text=text)
    return Say(text=text) if topic == HERMES_SAYS else None


def _is_level(name: str) -> bool:
    """Whether it can be one level of a topic: an owner's own intent may be called anything."""
    return _LEVEL.fullmatch(name) is not None


def _slot(name: str, value: SlotValue) -> _Slot:
    return _Slot(name, name, str(value), _Value(value))


def _post(topic: str, body: msgspec.Struct) -> Post:
    return Post(topic, msgspec.json.encode(body), retain=False)
