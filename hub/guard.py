"""What the house watches over: the wall, the word door and the ledger; told to people and MQTT."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from hub.cage.facts import Facts
from hub.cage.seal import Sealed
from hub.control import WallLine
from hub.ledger.ledger import Ledger
from hub.ledger.report import Report, report, start_of_day
from hub.messages import Closed, Process
from hub.wall import Closure, Wall, in_words, lowest
from integrations.payloads import Ledger as LedgerPayload
from integrations.payloads import Privacy, ProcessWall, State

_TOTALS_EVERY = 300.0
"""Seconds between two totals of the ledger: telling them is traffic too."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What was set up before the house began: its own seal, and the ledger of what it sends."""

    sealed: Sealed
    ledger: Ledger


@dataclass
class Guard:
    """`publish` and `tell`: where states go, and what a person should read."""

    wall: Wall
    ledger: Ledger
    publish: Callable[[State], None]
    tell: Callable[[str], None]
    _published: dict[type[State], State] = field(default_factory=dict)
    _told: str = ""
    _totals_at: float = 0.0

    def take(self, message: Closed | Process) -> None:
        self.wall.take(message)
        if isinstance(message, Closed):
            self._report_wall()

    def report(self, now: float) -> None:
        """What has changed. `now`: seconds since 1970."""
        self._report_wall()
        if abs(now - self._totals_at) >= _TOTALS_EVERY:
            self._totals_at = now
            self._publish(totals(report(self.ledger.entries(start_of_day(now)))))

    def _report_wall(self) -> None:
        closures = self.wall.look()
        self._publish(privacy_payload(closures))
        words = in_words(closures)
        if self.wall.is_told and words != self._told:
            self._told = words
            self.tell(words)

    def line(self) -> WallLine:
        """For the owner's command line."""
        wall = privacy_payload(self.wall.look())
        return WallLine(level=wall.level, processes=wall.processes, refused={})

    def _publish(self, payload: State) -> None:
        if self._published.get(type(payload)) != payload:
            self._published[type(payload)] = payload
            self.publish(payload)


def totals(today: Report) -> LedgerPayload:
    sent = [line for line in today.destinations if line.bytes_out and not line.here]
    return LedgerPayload(
        bytes_today=today.bytes_out,
        destinations=len({line.address for line in sent}),
        unexpected=sum(line.bytes_out for line in sent if line.purpose is None),
    )


def privacy_payload(closures: tuple[Closure, ...]) -> Privacy:
    return Privacy(
        level=lowest(closures) or "none",
        processes={closure.name: _process(closure) for closure in closures},
    )


def _process(closure: Closure) -> ProcessWall:
    level = "starting" if closure.starting else closure.level or "none"
    facts = closure.facts
    if facts is None:
        return ProcessWall(level=level)
    return ProcessWall(
        level=level,
        seccomp=min(facts.seccomp, default=0),
        no_new_privileges=facts.no_new_privileges,
        capabilities=facts.capabilities != 0,
        network=_network(facts),
        threads=facts.threads,
    )


def _network(facts: Facts) -> Literal["empty", "machine"]:
    return "empty" if facts.network_empty else "machine"
