"""One call early, one call late: `isolate` before threads and models, `seal` behind them.

Levels: A is seccomp, a namespace and Landlock; B lacks Landlock; C is seccomp alone; below C there
is none, and the process must not open its ears. The namespace of senses and mouth is an empty
network, that of the house hides sound and video devices. What counts is what the kernel says at the
end (`facts`), over all threads: an `isolate` that came too late is found out here.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hub.cage import landlock
from hub.cage.bpf import compiled
from hub.cage.descriptors import doors, lead_nowhere
from hub.cage.facts import Facts, Glass
from hub.cage.hiding import hide_devices
from hub.cage.landlock import NoLandlock
from hub.cage.namespaces import leave_the_network
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
        if role is Role.HOUSE:
            hide_devices(environment)
        else:
            leave_the_network()
    with suppress(NoLandlock):
        if role is not Role.HOUSE:
            landlock.close_neighbours()
    drop_privileges()
    keep_memory_private()


def seal(role: Role) -> Sealed:
    """When everything is open and loaded. It cannot be lifted.

    What does not stand is told by `Sealed.level`; raises OSError only where there is no /proc.
    """
    if role is Role.SENSES:
        lead_nowhere()
    missing = () if role is Role.HOUSE else doors(files_too=role is Role.SENSES)
    glass = Glass.made()
    no_landlock = _close_files(role)
    no_filter = _filter(role)
    facts = glass.look()
    inside = facts.devices_hidden if role is Role.HOUSE else facts.network_empty
    no_namespace = "" if inside else _NO_NAMESPACE[role]
    too_late = "" if facts.filtered or no_filter else _TOO_LATE
    missing += tuple(why for why in (no_filter, too_late, no_namespace, no_landlock) if why)
    return Sealed(role, _level(missing, facts, no_namespace, no_landlock), missing, facts)


_TOO_LATE = "a thread kept its privileges: it ran before the process was isolated"
_NO_NAMESPACE = {
    Role.SENSES: "no empty network: this system allows no user namespaces",
    Role.MOUTH: "no empty network: this system allows no user namespaces",
    Role.HOUSE: "sound and video devices are not hidden: this system allows no user namespaces",
}


def _level(
    missing: tuple[str, ...], facts: Facts, no_namespace: str, no_landlock: str
) -> Level | None:
    if not facts.filtered or set(missing) - {no_namespace, no_landlock}:
        return None
    if no_namespace:
        return "C"
    return "B" if no_landlock else "A"


def _filter(role: Role) -> str:
    """Why it is not there, or nothing."""
    try:
        install(compiled(rules(role, os.getpid()), machine()))
    except (OSError, UnknownMachine) as error:
        return f"no seccomp filter: {error}"
    return ""


def _close_files(role: Role) -> str:
    """As `_filter`. The house keeps its files, but for devices and other processes."""
    try:
        landlock.close_files(_house_files() if role is Role.HOUSE else ())
    except NoLandlock as error:
        return str(error).rstrip(".")
    except OSError as error:
        return f"no Landlock: {error}"
    return ""


def _house_files() -> tuple[str, ...]:
    """All but /dev, of which only what is harmless."""
    devices = ("null", "zero", "full", "random", "urandom", "tty", "pts", "shm")
    top = (str(place) for place in Path("/").iterdir() if place.name != "dev")
    return (*top, *(f"/dev/{name}" for name in devices))
