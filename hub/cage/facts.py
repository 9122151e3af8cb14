"""What the kernel itself says about this process: evidence, not our own claim.

The files are opened before the seal and read after it, when nothing can be opened any more. The
owner reads the same in /proc/PID/status.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

_SEALED = 2
"""Seccomp: 2 is a filter."""
_LIMIT = 16_384
_TASKS = Path("/proc/self/task")


@dataclass(frozen=True, slots=True)
class Facts:
    """Over all threads. `network`: inode of the network namespace, 0 when they differ.

    `seccomp`: the modes found; `capabilities`: bits that any thread has or could get.
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


@dataclass
class Glass:
    """Looks through the seal. Threads are those that ran when it was made."""

    _tasks: dict[str, int] = field(default_factory=dict)
    _network_empty: bool = False
    _devices_hidden: bool = False

    @classmethod
    def made(cls) -> Self:
        tasks = {name: os.open(_TASKS / name / "status", os.O_RDONLY) for name in _tasks()}
        return cls(tasks, network_is_empty(), devices_are_hidden())

    def look(self) -> Facts:
        """Once; it closes what it opened."""
        statuses = [_status(os.pread(fd, _LIMIT, 0).decode()) for fd in self._tasks.values()]
        for fd in self._tasks.values():
            os.close(fd)
        networks = {(_TASKS / name / "ns/net").stat().st_ino for name in self._tasks}
        return Facts(
            threads=len(statuses),
            seccomp=tuple(sorted({int(each["Seccomp"]) for each in statuses})),
            no_new_privileges=all(each["NoNewPrivs"] == "1" for each in statuses),
            capabilities=_capabilities(statuses),
            network=networks.pop() if len(networks) == 1 else 0,
            network_empty=self._network_empty,
            devices_hidden=self._devices_hidden,
        )


def network_is_empty() -> bool:
    """No thread sees any interface but the loopback, and that one is down."""
    return all(_is_empty(_TASKS / name / "net") for name in _tasks())


def devices_are_hidden() -> bool:
    """Every thread sees our own /dev (see `hiding`)."""
    return all("inglenook-dev" in (_TASKS / name / "mounts").read_text() for name in _tasks())


def _tasks() -> list[str]:
    return [place.name for place in _TASKS.iterdir()]


def _is_empty(net: Path) -> bool:
    """`dev` has two lines of heading; a loopback that is up has a local route for IPv4."""
    names = {line.partition(":")[0].strip() for line in (net / "dev").read_text().split("\n")[2:]}
    return names <= {"lo", ""} and "127." not in (net / "fib_trie").read_text()


def _status(text: str) -> Mapping[str, str]:
    pairs = (line.partition(":") for line in text.splitlines())
    return {name: value.strip() for name, _, value in pairs}


def _capabilities(statuses: Sequence[Mapping[str, str]]) -> int:
    """Not the bounding set: without new privileges nothing can be taken from it."""
    bits = 0
    for status in statuses:
        for name in ("CapEff", "CapPrm", "CapInh", "CapAmb"):
            bits |= int(status[name], 16)
    return bits
