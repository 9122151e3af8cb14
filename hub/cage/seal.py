"""One call early, one call late: `isolate` before threads and models, `seal` behind them.

Levels: A is seccomp, a namespace and Landlock; B lacks Landlock; C is seccomp alone; below C there
is none, and the process must not open its ears. The namespace of senses and mouth is an empty
network, that of an eye has nothing but its relay, that of the others, which have the network, hides
sound and video devices; a booth has both, and the one port that it was handed. An eye without a
network of its own is not sealed at all. What counts is what the kernel says at the end (`facts`),
over all threads: an `isolate` that came too late is found out here.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hub.cage import landlock
from hub.cage.bpf import compiled
from hub.cage.descriptors import doors, lead_nowhere
from hub.cage.facts import Facts, Glass
from hub.cage.gate import PORT
from hub.cage.hiding import hide_devices
from hub.cage.landlock import NoLandlock
from hub.cage.namespaces import keep_a_loopback, leave_the_network
from hub.cage.privileges import drop_privileges, keep_memory_private
from hub.cage.rules import Role, rules
from hub.cage.seccomp import install
from hub.cage.syscalls import UnknownMachine, machine

Level = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True)
class Sealed:
    """`level` None: not sealed. `missing`: plain words for each wall that does not stand."""

    role: Role
    level: Level | None
    missing: tuple[str, ...]
    facts: Facts

    def __str__(self) -> str:
        lacks = f" ({'; '.join(self.missing)})" if self.missing else ""
        level = f"sealed at level {self.level}" if self.level else "not sealed"
        return f"{self.role.value} is {level}{lacks}."


def isolate(role: Role, environment: Mapping[str, str] = os.environ) -> None:
    """While there is one thread: leaves the network or the devices, gives up all privileges.

    What the kernel does not allow is left out here and shown in the level.
    """
    with suppress(OSError):
        match role:
            case Role.SENSES | Role.MOUTH:
                leave_the_network()
            case Role.EYE:
                keep_a_loopback()
            case Role.HOUSE | Role.RELAY | Role.INLET | Role.OUTLET:
                hide_devices(environment)
            case Role.BOOTH:
                leave_the_network()
                hide_devices(environment)
    with suppress(NoLandlock):
        if role not in _NETWORKED:
            landlock.close_neighbours(PORT if role is Role.EYE else None)
    drop_privileges()
    keep_memory_private()


def seal(role: Role, only: tuple[int, ...] = (), writes: Iterable[Path] = ()) -> Sealed:
    """When everything is open and loaded. It cannot be lifted. `only`: as hub.cage.rules;
    `writes`: the folders in which a house makes files, where there is Landlock.

    What does not stand is told by `Sealed.level`; raises OSError only where there is no /proc.
    """
    if role in _PERCEIVING:
        lead_nowhere()
    missing = () if role in _NETWORKED else doors(role in _PERCEIVING, port=role is Role.BOOTH)
    glass = Glass.made()
    no_landlock = _close_files(role, writes)
    no_filter = _filter(role, only)
    facts = glass.look()
    inside = facts.devices_hidden if role in _NETWORKED else facts.network_empty
    no_namespace = "" if inside else _NO_NAMESPACE[role]
    too_late = "" if facts.filtered or no_filter else _TOO_LATE
    missing += tuple(why for why in (no_filter, too_late, no_namespace, no_landlock) if why)
    bearable = {no_landlock} if role is Role.EYE else {no_landlock, no_namespace}
    sealed = facts.filtered and set(missing) <= bearable
    return Sealed(role, _level(no_namespace, no_landlock) if sealed else None, missing, facts)


_TOO_LATE = "a thread kept its privileges: it ran before the process was isolated"
_IN_THE_OPEN = "no empty network: this system allows no user namespaces"
_DEVICES_SEEN = "sound and video devices are not hidden: this system allows no user namespaces"
_NO_NAMESPACE = {
    Role.SENSES: _IN_THE_OPEN,
    Role.MOUTH: _IN_THE_OPEN,
    Role.BOOTH: _IN_THE_OPEN,
    Role.EYE: f"{_IN_THE_OPEN}, and a network camera is watched only there",
    Role.HOUSE: _DEVICES_SEEN,
    Role.RELAY: _DEVICES_SEEN,
    Role.INLET: _DEVICES_SEEN,
    Role.OUTLET: _DEVICES_SEEN,
}
_NETWORKED = frozenset({Role.HOUSE, Role.RELAY, Role.INLET, Role.OUTLET})
_PERCEIVING = frozenset({Role.SENSES, Role.EYE, Role.INLET, Role.BOOTH})


def _level(no_namespace: str, no_landlock: str) -> Level:
    if no_namespace:
        return "C"
    return "B" if no_landlock else "A"


def _filter(role: Role, only: tuple[int, ...]) -> str:
    """Why it is not there, or nothing."""
    try:
        install(compiled(rules(role, os.getpid(), only), machine()))
    except (OSError, UnknownMachine) as error:
        return f"no seccomp filter: {error}"
    return ""


def _close_files(role: Role, writes: Iterable[Path]) -> str:
    """As `_filter`. The house reads all files but devices, and writes in its own folders alone: not
    its own programs, nor what other processes are told at their start.
    """
    try:
        if role is Role.HOUSE:
            landlock.close_files((*map(str, writes), *_DEVICES), _readable())
        else:
            landlock.close_files()
    except NoLandlock as error:
        return str(error).rstrip(".")
    except OSError as error:
        return f"no Landlock: {error}"
    return ""


_HARMLESS = ("null", "zero", "full", "random", "urandom", "tty", "pts", "shm")
_DEVICES = tuple(f"/dev/{name}" for name in _HARMLESS)


def _readable() -> tuple[str, ...]:
    """All but /dev."""
    return tuple(str(place) for place in Path("/").iterdir() if place.name != "dev")
