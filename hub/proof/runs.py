"""What must hold, and what must be caught: the runs of the proof, as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hub.proof.addresses import OTHERS_MACS, WAN_MACS
from hub.proof.judge import Kind, publishes
from hub.proof.packets import Packet
from hub.proof.settings import CAMERA, SATELLITE, TOPICS

Until = Callable[[Sequence[Packet]], bool]

_TELEMETRY = 16.0
"""Seconds. onnxruntime 1.32 sends what it collects 10 s after it began; seen within 14 s."""


@dataclass(frozen=True, slots=True)
class Run:
    """`program`: words after `python -m`; CONFIG stands for the settings file. `caught`: what the
    judge must find; nothing where the run must hold. `until`: what is waited for on the wire
    (`shows`, in words), `patience` seconds at most, and then `linger` more. `keeps_ledger`: as
    every hub does.
    """

    name: str
    about: str
    program: tuple[str, ...]
    until: Until
    shows: str
    caught: frozenset[Kind] = frozenset()
    keeps_ledger: bool = False
    patience: float = 45.0
    linger: float = 1.0


def _published(place: str, words: bytes) -> Until:
    topic = TOPICS.under(place)
    return lambda packets: any(
        publish.topic == topic and words in publish.payload for publish in publishes(packets)
    )


def _at_once(_: Sequence[Packet]) -> bool:
    return True


def _anything(packets: Sequence[Packet]) -> bool:
    return any(packet.sender not in OTHERS_MACS for packet in packets)


def _called_out(packets: Sequence[Packet]) -> bool:
    return any(packet.sender == WAN_MACS[0] and packet.protocol == "TCP" for packet in packets)


_heard = _published("event/command", b'"event_type":"recognized"')
_seen = _published(f"state/camera_{CAMERA}", b'"condition":"watching"')
_tried_by_eye = _published(f"state/camera_{CAMERA}", b'"condition":"blind"')
_satellite_there = _published("state/satellites", f'"{SATELLITE}":true'.encode())


def _all_at_work(packets: Sequence[Packet]) -> bool:
    return _heard(packets) and _seen(packets) and _satellite_there(packets)


_tried = _published("state/health", b'"senses":"ready"')
HONEST = "honest"

RUNS = (
    Run(
        HONEST,
        "the hub as it is",
        ("hub", "run", "--config", "CONFIG"),
        until=_all_at_work,
        shows="a command that was understood, a camera that is watched, a satellite that is heard",
        keeps_ledger=True,
        linger=_TELEMETRY,
    ),
    Run(
        "telemetry",
        "the hub with a library's telemetry left on: it notices, and stays deaf",
        ("hub.proof.family", "talkative", "CONFIG"),
        until=_published("state/health", b'"senses":"failed"'),
        shows="that it stays deaf",
        keeps_ledger=True,
        linger=_TELEMETRY,
    ),
    Run(
        "behind-the-wall",
        "a model with telemetry left on, behind the wall",
        ("hub.proof.talkative", "sealed", "hub.proof.calling_out", "sealed"),
        until=_at_once,
        shows="anything",
        linger=_TELEMETRY,
    ),
    Run(
        "hostile",
        "a hostile senses, sealed, tries every way out",
        ("hub.proof.family", "hostile", "CONFIG"),
        until=_tried,
        shows="that it tried",
        keeps_ledger=True,
        linger=16.0,
    ),
    Run(
        "hostile-eye",
        "a hostile eye, sealed, tries every way out",
        ("hub.proof.family", "hostile-eye", "CONFIG"),
        until=_tried_by_eye,
        shows="that it tried",
        keeps_ledger=True,
        linger=8.0,
    ),
    Run(
        "unsealed-eye",
        "the same hostile eye without the seal",
        ("hub.proof.family", "unsealed-eye", "CONFIG"),
        until=_tried_by_eye,
        shows="that it tried",
        caught=frozenset({"internet", "names", "ipv6", "other", "file", "form"}),
        keeps_ledger=True,
        linger=8.0,
    ),
    Run(
        "hostile-inlet",
        "a hostile inlet, sealed, tries to send its satellite what it hears",
        ("hub.proof.family", "hostile-inlet", "CONFIG"),
        until=_satellite_there,
        shows="that the satellite was connected",
        keeps_ledger=True,
        linger=8.0,
    ),
    Run(
        "unsealed-inlet",
        "the same hostile inlet without the seal",
        ("hub.proof.family", "unsealed-inlet", "CONFIG"),
        until=_satellite_there,
        shows="that the satellite was connected",
        caught=frozenset({"internet", "names", "ipv6", "other", "file", "form", "smuggled"}),
        keeps_ledger=True,
        linger=8.0,
    ),
    Run(
        "unsealed",
        "the same hostile senses without the seal",
        ("hub.proof.family", "unsealed", "CONFIG"),
        until=_tried,
        shows="that it tried",
        caught=frozenset(
            {"internet", "names", "ipv6", "other", "file", "form", "smuggled", "ledger"}
        ),
        keeps_ledger=True,
        linger=16.0,
    ),
    Run(
        "calling-out",
        "telemetry left on, without the seal",
        ("hub.proof.talkative", "open", "hub.proof.calling_out", "open"),
        until=_called_out,
        shows="a call to the internet",
        caught=frozenset({"names", "internet"}),
    ),
    Run(
        "one-datagram",
        "a single datagram over IPv6",
        ("hub.proof.slips", "ipv6"),
        until=_anything,
        shows="a packet",
        caught=frozenset({"ipv6"}),
    ),
    Run(
        "one-field",
        "a message to the broker with one field too many",
        ("hub.proof.slips", "field"),
        until=_published("state/assist", b"field"),
        shows="the message",
        caught=frozenset({"form"}),
    ),
)
