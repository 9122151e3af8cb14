"""How the processes are closed: what each says of itself, and what the kernel says of it.

The house does not have to believe a process that hears: it reads the kernel's own account of it.
Only Landlock, the difference between levels A and B, leaves no trace that others can read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from hub.cage.facts import Facts
from hub.cage.seal import Level, Sealed
from hub.messages import Closed, Process

Witness = Callable[[int], Facts | None]
"""Process id -> what the kernel says of it; None where it cannot be read."""
_WEAKER: dict[Level, str] = {
    "A": "",
    "B": " (this kernel has no Landlock)",
    "C": " (this system allows no namespaces: one wall instead of three)",
}
_NETWORKED = ("relay.", "inlet.", "outlet.")


@dataclass(frozen=True, slots=True)
class Closure:
    """One process. `level` None: not sealed, or not as it says; while it is `starting` it does
    not listen or speak yet. `facts` None: could not be read.
    """

    name: str
    level: Level | None
    facts: Facts | None
    starting: bool = False


@dataclass
class Wall:
    """`own`: the seal of the house itself."""

    own: Sealed
    witness: Witness
    _told: dict[str, Level] = field(default_factory=dict)
    _pids: dict[str, int] = field(default_factory=dict)

    def take(self, message: Closed | Process) -> None:
        match message:
            case Closed(source=source, level=level):
                self._told[source] = level
            case Process(name=name, pid=pid):
                self._pids[name] = pid
                if not pid:
                    self._told.pop(name, None)

    @property
    def is_told(self) -> bool:
        """Whether the process that hears, or will not, has said how it is closed."""
        return "senses" in self._told

    def look(self) -> tuple[Closure, ...]:
        """Those that run, the house first."""
        house = Closure("house", self.own.level, self.own.facts)
        names = (name for name, pid in self._pids.items() if pid and name != "house")
        return (house, *(self._closure(name) for name in sorted(names)))

    def _closure(self, name: str) -> Closure:
        facts = self.witness(self._pids[name])
        told = self._told.get(name)
        networked = name.startswith(_NETWORKED)
        level = held(told, facts, networked=networked) if told else None
        return Closure(name, level, facts, starting=not told)

    def stands(self, name: str) -> bool:
        """Whether what this process says may be listened to."""
        return name in self._pids and self._closure(name).level is not None


def held(told: Level, facts: Facts | None, *, networked: bool = False) -> Level | None:
    """The level that the kernel bears out; where it says nothing, what the process says.
    `networked`: it has the network, and no devices.
    """
    if facts is None:
        return told
    if not facts.filtered:
        return None
    inside = facts.devices_hidden if networked else facts.network_empty
    return told if inside else "C"


def lowest(closures: tuple[Closure, ...]) -> Level | None:
    """Of those that are not starting; None where one of them is not sealed."""
    levels = [closure.level for closure in closures if not closure.starting]
    return None if None in levels else max(level for level in levels if level)


def in_words(closures: tuple[Closure, ...]) -> str:
    """One line for the terminal."""
    if (level := lowest(closures)) is None:
        open_ones = (c.name for c in closures if c.level is None and not c.starting)
        return f"Not sealed: {', '.join(open_ones)}."
    unseen = [c.name for c in closures if c.facts is None and not c.starting]
    borne_out = (
        f"the kernel's account of {' and '.join(unseen)} cannot be read."
        if unseen
        else "the kernel says so too."
    )
    return f"Sealed at level {level}{_WEAKER[level]}; {borne_out}"
