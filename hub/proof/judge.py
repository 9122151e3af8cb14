"""From packets to a verdict. One rule: from the house nothing but MQTT, to the broker; what a relay
may say to its camera, which is next to nothing; and what an outlet may say to its satellite. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal

from hub.door.budget import BURST, MOMENT_COST, RATE
from hub.proof import canary, contraband
from hub.proof.addresses import (
    BROKER,
    BROKER_PORT,
    CAMERA,
    CAMERA_PORT,
    OTHERS_MACS,
    SATELLITE,
    SATELLITE_PORT,
)
from hub.proof.forms import Forms
from hub.proof.outgoing import faults
from hub.proof.packets import Count, Packet
from hub.proof.publishes import Control, NotMqtt, Publish, said, unread
from hub.proof.streams import Hole, streams
from hub.relay import Budget

Kind = Literal[
    "internet", "names", "ipv6", "other", "form", "smuggled", "file", "flood", "ledger", "capture"
]

_DNS = 53
_LONGEST_NAME, _SHOWN = 253, 60
_LONGEST_CONTROL = 256
"""Bytes of an MQTT packet that carries no message."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be, in plain words."""

    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """`arrived`: what the kernel counted at the far ends. `seconds`: how long it went on. `files`:
    names of what was left behind. `reached`: what the run was to show was seen. `ledger`: all bytes
    that the hub itself noted as sent, None where it kept none; `keeps_ledger`: it must.
    `last_words`: what the program printed last.
    """

    packets: tuple[Packet, ...]
    arrived: Count
    seconds: float
    files: tuple[str, ...] = ()
    reached: bool = True
    keeps_ledger: bool = False
    ledger: int | None = None
    last_words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`sent`: everything from the house, in bytes on the wire. `told`: bytes to the broker as TCP
    carries them, each once; `asked`: packets to the
    camera, and what they say in bytes. `elsewhere`: other destinations, with their
    packets. `answered`: as `asked`, of the satellite.
    """

    sent: Count
    told: int
    publishes: tuple[Publish, ...]
    elsewhere: tuple[tuple[str, int], ...]
    ledger: int | None
    findings: tuple[Finding, ...]
    asked: Count
    answered: Count


def judge(evidence: Evidence, forms: Forms) -> Verdict:
    ours = [packet for packet in evidence.packets if packet.sender not in OTHERS_MACS]
    known = (_to_broker, _to_camera, _to_satellite)
    astray = [packet for packet in ours if not any(known_to(packet) for known_to in known)]
    sent = Count(len(ours), sum(packet.size for packet in ours))
    streams_, holes = _streams([packet for packet in ours if _to_broker(packet)])
    to_camera = [packet for packet in ours if _to_camera(packet)]
    watching, unseen = _streams(to_camera)
    to_satellite = [packet for packet in ours if _to_satellite(packet)]
    answering, unheard = _streams(to_satellite)
    told = sum(map(len, streams_))
    findings = (
        *_complete(sent, evidence.arrived),
        *holes,
        *unseen,
        *unheard,
        *_asked(watching, evidence.seconds),
        *_astray(astray),
        *_forms(streams_, forms),
        *_smuggled(streams_, "the broker"),
        *_smuggled(watching, "the camera"),
        *(Finding("form", words) for line in answering for words in faults(line)),
        *_smuggled(answering, "the satellite"),
        *(Finding("file", f"a file was written: {name}") for name in evidence.files),
        *_flood(_publishes(streams_), evidence.seconds, forms),
        *_ledger(evidence, told),
    )
    places = Counter(_place(packet) for packet in astray)
    return Verdict(
        sent,
        told,
        _publishes(streams_),
        tuple(places.most_common()),
        evidence.ledger,
        findings,
        asked=Count(len(to_camera), sum(map(len, watching))),
        answered=Count(len(to_satellite), sum(map(len, answering))),
    )


def publishes(packets: Iterable[Packet]) -> tuple[Publish, ...]:
    """What the house has published, as far as it can be read."""
    ours = [p for p in packets if p.sender not in OTHERS_MACS and _to_broker(p)]
    return _publishes(_streams(ours)[0])


def _to_broker(packet: Packet) -> bool:
    where = (packet.protocol, packet.target, packet.ports[1])
    return where == ("TCP", BROKER, BROKER_PORT)


def _to_camera(packet: Packet) -> bool:
    where = (packet.protocol, packet.target, packet.ports[1])
    return where == ("TCP", CAMERA, CAMERA_PORT)


def _to_satellite(packet: Packet) -> bool:
    where = (packet.protocol, packet.target, packet.ports[1])
    return where == ("TCP", SATELLITE, SATELLITE_PORT)


def _asked(lines: Sequence[bytes], seconds: float) -> Iterator[Finding]:
    """A relay lets so much through to its camera, and closes what would say more."""
    budget, asked = Budget(), sum(map(len, lines))
    most = int(budget.most + budget.rate * seconds)
    if asked > most:
        yield Finding("flood", f"{asked:,} bytes to the camera in {seconds:.0f} s; {most:,} may be")


def _streams(packets: Sequence[Packet]) -> tuple[tuple[bytes, ...], tuple[Finding, ...]]:
    try:
        return tuple(streams(packets).values()), ()
    except Hole as hole:
        return (), (Finding("capture", str(hole)),)


def _publishes(lines: Iterable[bytes]) -> tuple[Publish, ...]:
    found: list[Publish] = []
    for line in lines:
        try:
            found.extend(each for each in said(line) if isinstance(each, Publish))
        except NotMqtt:
            continue
    return tuple(found)


def _complete(sent: Count, arrived: Count) -> Iterator[Finding]:
    """Also somebody who borrows another's hardware address is found so."""
    if sent != arrived:
        yield Finding(
            "capture",
            f"{sent.packets} packets ({sent.bytes:,} bytes) were captured, the kernel counted "
            f"{arrived.packets} ({arrived.bytes:,})",
        )


def _astray(packets: Iterable[Packet]) -> Iterator[Finding]:
    counts = Counter((_kind(packet), _words(packet)) for packet in packets)
    for (kind, words), count in counts.items():
        yield Finding(kind, f"{words} ({count} packet{'s' if count > 1 else ''})")


def _kind(packet: Packet) -> Kind:
    if packet.ports[1] == _DNS:
        return "names"
    if not packet.target or ip_address(packet.target).is_loopback:
        return "other"
    return "ipv6" if ip_address(packet.target).version == 6 else "internet"  # noqa: PLR2004 - its name


def _words(packet: Packet) -> str:
    if packet.protocol == "UDP" and packet.ports[1] == _DNS and (name := _name(packet.payload)):
        return f"asked for the address of {name}"
    return f"{packet.protocol} to {_place(packet)}" if packet.target else packet.protocol


def _place(packet: Packet) -> str:
    if packet.target and ip_address(packet.target).is_loopback:
        return "this machine itself"
    if not packet.ports[1]:
        return packet.target or packet.protocol
    host = f"[{packet.target}]" if ":" in packet.target else packet.target
    return f"{host}:{packet.ports[1]}"


def _name(query: bytes) -> str:
    """The name that a DNS query asks for; nothing where it is none."""
    labels, at = [], 12
    while at < len(query) and query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii", "replace"))
        at += 1 + query[at]
    name = ".".join(labels)
    plain = name.isascii() and name.isprintable()
    return name if plain and len(name) <= _LONGEST_NAME else ""


def _forms(lines: Iterable[bytes], forms: Forms) -> Iterator[Finding]:
    for line in lines:
        try:
            faults = [fault for each in said(line) if (fault := _fault(each, forms))]
            rest = unread(line)
        except NotMqtt as error:
            faults, rest = [f"{error}, sent to the broker"], 0
        if rest:
            faults.append(f"{rest} bytes to the broker that are no MQTT")
        for words, count in Counter(faults).items():
            yield Finding("form", f"{words} ({count} times)" if count > 1 else words)


def _fault(each: Publish | Control, forms: Forms) -> str:
    match each:
        case Control(kind, size):
            return f"a {kind} of {size} bytes" if size > _LONGEST_CONTROL else ""
        case Publish(topic):
            wrong = forms.fault(each)
            return f"{topic[:_SHOWN]!r} {wrong}" if wrong else ""


def _smuggled(lines: Sequence[bytes], who: str) -> Iterator[Finding]:
    if count := sum(contraband.found_in(each) + canary.found_in(each) for each in lines):
        yield Finding("smuggled", f"{count:,} bytes of sound or picture in what {who} was told")


def _flood(publishes: Iterable[Publish], seconds: float, forms: Forms) -> Iterator[Finding]:
    """More events than the word door's budget can have paid for."""
    events = sum(forms.is_event(publish.topic) for publish in publishes)
    most = int((BURST + RATE * seconds) / MOMENT_COST)
    if events > most:
        yield Finding("flood", f"{events:,} events in {seconds:.0f} s; at most {most} can be right")


def _ledger(evidence: Evidence, told: int) -> Iterator[Finding]:
    if not evidence.keeps_ledger:
        return
    if evidence.ledger is None:
        yield Finding("ledger", "no ledger was kept")
    elif evidence.ledger != told:
        yield Finding("ledger", f"the ledger says {evidence.ledger:,} bytes, the wire {told:,}")
