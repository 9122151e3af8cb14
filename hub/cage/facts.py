"""What the kernel itself says about a process, over all its threads: evidence, not a claim.

`Glass` looks at the process itself through its own seal, `witness` at another of the family. The
owner reads the same in /proc/PID/status.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from hub.cage.namespaces import OWN_LOOPBACK

_SEALED = 2
"""Seccomp: 2 is a filter."""
_LIMIT = 16_384
_OWN = Path("/proc/self/task")


@dataclass(frozen=True, slots=True)
class Facts:
    """Over all threads. `seccomp`: the modes found; `capabilities`: bits that any has or could get.

    `network`: inode of the network namespace, 0 when they differ or it may not be read.
    `network_empty`: it leads nowhere, having at most a loopback that is down or our own.
    """

    threads: int
    seccomp: tuple[int, ...]
    no_new_privileges: bool
    capabilities: int
    network: int
    network_empty: bool
    devices_hidden: bool

    @property
    def filtered(self) -> bool:
        """Every thread runs the filter and none can gain anything."""
        return self.seccomp == (_SEALED,) and self.no_new_privileges and self.capabilities == 0


@dataclass(frozen=True, slots=True)
class Status:
    """One thread, from the lines of its /proc/PID/task/TID/status."""

    seccomp: int
    no_new_privileges: bool
    capabilities: int

    @classmethod
    def of(cls, text: str) -> Self:
        pairs = (line.partition(":") for line in text.splitlines())
        lines = {name: value.strip() for name, _, value in pairs}
        return cls(int(lines["Seccomp"]), lines["NoNewPrivs"] == "1", _capabilities(lines))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one thread sees around it."""

    network_empty: bool
    devices_hidden: bool

    @classmethod
    def of(cls, task: Path) -> Self:
        """`task`: its folder in /proc. Raises OSError when it has ended or may not be read."""
        hidden = "inglenook-dev" in (task / "mounts").read_text()
        return cls(_leads_nowhere(task / "net"), hidden)


def facts(
    statuses: Iterable[Status], surroundings: Iterable[Surroundings], networks: Iterable[int]
) -> Facts:
    """Of all threads together."""
    each, around, inodes = tuple(statuses), tuple(surroundings), set(networks)
    bits = 0
    for status in each:
        bits |= status.capabilities
    return Facts(
        threads=len(each),
        seccomp=tuple(sorted({status.seccomp for status in each})),
        no_new_privileges=all(status.no_new_privileges for status in each),
        capabilities=bits,
        network=inodes.pop() if len(inodes) == 1 else 0,
        network_empty=all(place.network_empty for place in around),
        devices_hidden=all(place.devices_hidden for place in around),
    )


@dataclass
class Glass:
    """Looks through the seal: its files are opened before, when they can be, and read after it.
    Threads are those that ran when it was made.
    """

    _tasks: Mapping[str, int] = field(default_factory=dict)
    _surroundings: tuple[Surroundings, ...] = ()

    @classmethod
    def made(cls) -> Self:
        names = [place.name for place in _OWN.iterdir()]
        tasks = {name: os.open(_OWN / name / "status", os.O_RDONLY) for name in names}
        return cls(tasks, tuple(Surroundings.of(_OWN / name) for name in names))

    def look(self) -> Facts:
        """Once; it closes what it opened. A thread that has ended meanwhile does nothing more."""
        statuses, networks = [], []
        for name, fd in self._tasks.items():
            with suppress(ProcessLookupError, FileNotFoundError):
                statuses.append(Status.of(os.pread(fd, _LIMIT, 0).decode()))
                networks.append((_OWN / name / "ns/net").stat().st_ino)
            os.close(fd)
        return facts(statuses, self._surroundings, networks)


def _leads_nowhere(net: Path) -> bool:
    """`dev` has two lines of heading; a loopback that is up has a local route for IPv4."""
    names = {line.partition(":")[0].strip() for line in (net / "dev").read_text().split("\n")[2:]}
    if names == {OWN_LOOPBACK, ""}:
        return True
    return names <= {"lo", ""} and "127." not in (net / "fib_trie").read_text()


def _capabilities(lines: Mapping[str, str]) -> int:
    """Not the bounding set: without new privileges nothing can be taken from it."""
    bits = 0
    for name in ("CapEff", "CapPrm", "CapInh", "CapAmb"):
        bits |= int(lines[name], 16)
    return bits
