"""What the entries of a time come to, for words, for MQTT and for `--json`. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

import msgspec

from hub.ledger.entries import Destination, Entry, Protocol, Traffic, Way

_HOUR = 3_600


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One destination. `purpose` null: not one that the settings name. `here`: this machine.

    `connections`: of TCP; `messages`: datagrams, of which the kernel counts no bytes, or names
    asked; `unannounced`: sockets made past Python.
    """

    address: str
    port: int
    protocol: Protocol
    way: Way
    purpose: str | None
    here: bool
    connections: int
    messages: int
    bytes_out: int
    bytes_in: int
    unannounced: int


class Hour(msgspec.Struct, frozen=True, kw_only=True):
    """`hour`: its beginning, ISO 8601 in UTC. Without this machine's own."""

    hour: str
    bytes_out: int
    bytes_in: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """`bytes_out`, `bytes_in`: over a network; `bytes_here`: sent within this machine.

    `destinations`: the most bytes first; `hours`: those with any traffic, oldest first.
    """

    bytes_out: int
    bytes_in: int
    bytes_here: int
    destinations: tuple[Line, ...]
    hours: tuple[Hour, ...]


def report(entries: Iterable[Entry]) -> Report:
    sums: dict[tuple[Destination, str], Traffic] = {}
    hours: dict[int, Traffic] = {}
    for entry in entries:
        whom = (entry.destination, entry.purpose)
        sums[whom] = sums.get(whom, Traffic()) + entry.traffic
        if not entry.destination.is_here:
            hours[entry.hour] = hours.get(entry.hour, Traffic()) + entry.traffic
    lines = sorted((_line(*whom, sums[whom]) for whom in sums), key=_rank)
    return Report(
        bytes_out=sum(line.bytes_out for line in lines if not line.here),
        bytes_in=sum(line.bytes_in for line in lines if not line.here),
        bytes_here=sum(line.bytes_out for line in lines if line.here),
        destinations=tuple(lines),
        hours=tuple(_hour(hour, hours[hour]) for hour in sorted(hours)),
    )


def start_of_day(now: float) -> int:
    """The hour, as entries count it, in which today began where this machine is.

    `now`: seconds since 1970.
    """
    today = datetime.fromtimestamp(now, UTC).astimezone().date()
    return int(datetime.combine(today, time.min).timestamp() // _HOUR)


def _line(whom: Destination, purpose: str, traffic: Traffic) -> Line:
    return Line(
        address=whom.address,
        port=whom.port,
        protocol=whom.protocol,
        way=whom.way,
        purpose=purpose or None,
        here=whom.is_here,
        connections=traffic.connections,
        messages=traffic.messages,
        bytes_out=traffic.bytes_out,
        bytes_in=traffic.bytes_in,
        unannounced=traffic.unannounced,
    )


def _rank(line: Line) -> tuple[int, int, str, int]:
    return -line.bytes_out, -line.messages, line.address, line.port


def _hour(hour: int, traffic: Traffic) -> Hour:
    begins = datetime.fromtimestamp(hour * _HOUR, UTC)
    return Hour(
        hour=begins.isoformat(timespec="minutes").replace("+00:00", "Z"),
        bytes_out=traffic.bytes_out,
        bytes_in=traffic.bytes_in,
    )
