"""What is told over MQTT of the wall: how closed the processes are, and what went through. Pure."""

from typing import Annotated, Literal

import msgspec

from integrations.payload import Count, Line, Name, Part, Payload

Level = Literal["A", "B", "C", "none"]


class ProcessWall(Part, frozen=True, kw_only=True):
    """What the kernel says of all threads of one process; `seccomp` 2 is a filter.

    `network`: empty, or the machine's, or one that could not be looked at.
    """

    level: Level | Literal["starting"]
    seccomp: Annotated[int, msgspec.Meta(ge=0, le=2)] | None = None
    no_new_privileges: bool | None = None
    capabilities: bool | None = None
    network: Literal["empty", "machine", "unknown"] = "unknown"


class Privacy(Payload, frozen=True, kw_only=True):
    """`level`: the lowest of the processes that are closed; none: one of them is not."""

    level: Level
    processes: dict[Name, ProcessWall]


class Door(Payload, frozen=True, kw_only=True):
    """What was refused of that which the sealed processes said, since the start, by reason."""

    refused: Count
    reasons: dict[Name, Count]


class Ledger(Payload, frozen=True, kw_only=True):
    """Bytes sent into the network since midnight; `unexpected`: of them, to destinations that
    the settings do not name.
    """

    bytes_today: Count
    destinations: Count
    unexpected: Count


class RecordingState(Payload, frozen=True, kw_only=True):
    """Whether the sound of commands is kept, encrypted to the owner's key; `until`: ISO 8601."""

    recording: bool
    until: Line | None = None
    kept: Count = 0
    lost: Count = 0
