"""The ledger told to people: sentences, and a table of hours. Pure."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, tzinfo

from hub.ledger.report import Line, Report

NOT_NAMED = "not one that the settings name"
RESOLVED = (
    "Names looked up: {}. The system's resolver asks for them; "
    "its packets are not in these figures."
)
_MEGABYTE, _GIGABYTE = 1_000_000, 1_000_000_000
_TOLD = 3
"""Destinations that the first sentence lists."""


def amount(size: int) -> str:
    """1 byte; 1,624 bytes; 3.2 MB (of a million bytes)."""
    if size >= _GIGABYTE:
        return f"{size / _GIGABYTE:,.1f} GB"
    if size >= _MEGABYTE:
        return f"{size / _MEGABYTE:.1f} MB"
    return _several(size, "byte")


def headline(report: Report, when: str = "today") -> str:
    """Today's bytes and to whom, in one sentence; a place is named once for all its ports."""
    places: Counter[str] = Counter()
    for line in report.destinations:
        if line.bytes_out and not line.here:
            places[_who(line)] += line.bytes_out
    total = f"{amount(report.bytes_out)} {when}"
    match places.most_common():
        case []:
            return f"Nothing was sent {when}."
        case [(only, _)]:
            return f"{total}, all to {only}."
        case several:
            parts = [f"{amount(size)} to {place}" for place, size in several[:_TOLD]]
            rest = [size for _, size in several[_TOLD:]]
            parts += [f"{amount(sum(rest))} to {_several(len(rest), 'other')}"] if rest else []
            return f"{total}: {', '.join(parts)}."


def details(report: Report) -> tuple[str, ...]:
    """A sentence for each thing worth knowing; what should not be comes first."""
    lines = report.destinations
    return (
        *(_warning(line) for line in lines if _is_strange(line)),
        *(_past_python(line) for line in lines if line.unannounced),
        *(_not_reached(line) for line in lines if _is_not_reached(line)),
        *(_datagrams(line) for line in lines if line.protocol == "udp" and line.messages),
        *_lookups(lines),
        *([f"Within this machine: {amount(report.bytes_here)}."] if report.bytes_here else []),
    )


def hours(report: Report, zone: tzinfo | None = None) -> tuple[str, ...]:
    """A line for each hour with traffic, in the time of `zone`, None for this machine's."""
    if not report.hours:
        return ()
    rows = [("hour", "sent", "received")]
    for each in report.hours:
        begins = datetime.fromisoformat(each.hour).astimezone(zone)
        rows.append((f"{begins:%d %b %H:%M}", f"{each.bytes_out:,}", f"{each.bytes_in:,}"))
    return tuple(f"{hour:<14}{out:>14}{back:>14}" for hour, out, back in rows)


def _who(line: Line) -> str:
    return f"{line.address} ({line.purpose or NOT_NAMED})"


def _is_strange(line: Line) -> bool:
    """Something was said over a network, to a place that the settings do not name."""
    talked = line.bytes_out or line.messages or line.connections
    return line.purpose is None and not line.here and bool(talked)


def _warning(line: Line) -> str:
    if line.protocol == "lookup":
        return f"Attention: {line.address} was asked for, a name that the settings do not have."
    what = amount(line.bytes_out) if line.protocol == "tcp" else _several(line.messages, "datagram")
    if line.way == "from":
        return f"Attention: {what} to {line.address}, who connected to port {line.port}."
    return f"Attention: {what} to {line.address} port {line.port}, {NOT_NAMED}."


def _past_python(line: Line) -> str:
    return (
        f"{_several(line.unannounced, 'socket')} made past Python, by a library: {line.protocol} "
        f"{line.way} {line.address}{_port(line)}, {line.purpose or NOT_NAMED}."
    )


def _is_not_reached(line: Line) -> bool:
    return line.protocol == "tcp" and not line.connections


def _not_reached(line: Line) -> str:
    return f"Tried, not reached: {line.address}{_port(line)}, {line.purpose or NOT_NAMED}."


def _datagrams(line: Line) -> str:
    count = _several(line.messages, "datagram")
    return f"{count} to {line.address}{_port(line)}; the kernel keeps no count of their bytes."


def _lookups(lines: Sequence[Line]) -> tuple[str, ...]:
    asked = [f"{each.address} ({each.messages:,})" for each in lines if each.protocol == "lookup"]
    return (RESOLVED.format(", ".join(asked)),) if asked else ()


def _port(line: Line) -> str:
    return f" port {line.port}" if line.port else ""


def _several(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
