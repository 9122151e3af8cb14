"""What an outlet may tell its satellite: events of few kinds, and no sound but in speech. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

from hub.satellites.speech import RATE
from integrations.wyoming.wire import Events, Refused, WireEvent

_MOST = 8_192
"""Bytes of speech in one event."""
_SPEECH: dict[str, str | int] = {"rate": RATE, "width": 2, "channels": 1}
_KNOWN: Mapping[str, dict[str, str | int]] = MappingProxyType(
    {
        "run-satellite": {},
        "detection": {},
        "transcript": {"text": ""},
        "audio-start": _SPEECH,
        "audio-chunk": _SPEECH,
        "audio-stop": {},
    }
)


def faults(line: bytes) -> Iterator[str]:
    """Of all that went to it over one connection, in words."""
    try:
        found = [fault for event in Events(_MOST).feed(line) if (fault := _fault(event))]
    except Refused as refusal:
        found = [f"to the satellite: {refusal}"]
    for words, count in Counter(found).items():
        yield f"{words} ({count} times)" if count > 1 else words


def _fault(event: WireEvent) -> str:
    if event.type not in _KNOWN:
        return "an event to the satellite that is none of an outlet's"
    if msgspec.json.decode(event.data) != _KNOWN[event.type]:
        return f"a {event.type} to the satellite that says more than it may"
    return "sound that is no speech" if event.payload and event.type != "audio-chunk" else ""
