"""What a change of settings lets out that was kept in before: to be said, and wanted. Pure."""

import ipaddress
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from hub.config import Config
from hub.eyes.section import CameraSection, Disclosure
from hub.lending.section import Speech
from hub.page.section import LOOPBACK

LetOut = Literal[
    "microphone",
    "words",
    "open_text",
    "guests",
    "traces",
    "voices",
    "agent",
    "hermes",
    "broker_open",
    "page_open",
    "wyoming_open",
    "speech_open",
    "seen",
    "published",
    "faces",
]
_COUNTS = ("off", "bucketed", "exact")

_HOW_FAR: Mapping[LetOut, Callable[[Config], int]] = MappingProxyType(
    {
        "microphone": lambda config: config.microphone.source != "none",
        "words": lambda config: config.privacy.words,
        "open_text": lambda config: config.privacy.open_text,
        "guests": lambda config: not config.privacy.guest_aware,
        "traces": lambda config: config.privacy.traces,
        "voices": lambda config: config.listen.voices == "everyone",
        "agent": lambda config: bool(config.home_assistant and config.home_assistant.agent),
        "hermes": lambda config: config.mqtt.hermes,
        "broker_open": lambda config: _reach(config.mqtt.listen) if not config.mqtt.host else 0,
        "page_open": lambda config: _reach(config.page.listen) if config.page else 0,
        "wyoming_open": lambda config: _reach(config.wyoming.listen) if config.wyoming else 0,
        "speech_open": lambda config: _lent(config.wyoming.speech) if config.wyoming else 0,
    }
)
"""The higher, the more of it gets out."""
_OF_CAMERAS: Mapping[LetOut, Callable[[CameraSection, CameraSection], bool]] = MappingProxyType(
    {
        "seen": lambda before, after: bool(set(before.never_see) - set(after.never_see)),
        "published": lambda before, after: _tells_more(before.publish, after.publish),
        "faces": lambda before, after: bool(set(after.faces) - set(before.faces)),
    }
)


def let_out(before: Config, after: Config) -> tuple[LetOut, ...]:
    pairs = [
        (before.cameras[key], each) for key, each in after.cameras.items() if key in before.cameras
    ]
    found: list[LetOut] = [name for name, far in _HOW_FAR.items() if far(after) > far(before)]
    found += [name for name, more in _OF_CAMERAS.items() if any(more(*pair) for pair in pairs)]
    return tuple(found)


def _lent(speech: Speech | None) -> int:
    return 1 + _reach(speech.listen) if speech is not None else 0


def _reach(listen: str) -> int:
    """0: this machine; 1: one of its networks; 2: all of them."""
    if listen in LOOPBACK:
        return 0
    try:
        return 2 if ipaddress.ip_address(listen).is_unspecified else 1
    except ValueError:
        return 1


def _tells_more(before: Disclosure, after: Disclosure) -> bool:
    return any(now > then for now, then in zip(_told(after), _told(before), strict=True))


def _told(publish: Disclosure) -> tuple[int, ...]:
    occupancy = publish.occupancy != "off"
    counts = _COUNTS.index(publish.counts)
    return occupancy, counts, publish.activity, publish.names, publish.events
