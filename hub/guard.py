"""What the house watches over: the wall, the word door and the ledger; told to people and MQTT."""

from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from hub.cage.facts import Facts
from hub.cage.seal import Sealed
from hub.control import WallLine
from hub.door.door import MouthDoor, SensesDoor
from hub.door.refusals import Refusals, coarse
from hub.ledger.ledger import Ledger
from hub.ledger.report import Report, report, start_of_day
from hub.lending.lane import Lending
from hub.messages import (
    Closed,
    FromMouth,
    FromSenses,
    Health,
    Heard,
    Loud,
    NotHeard,
    Process,
    Recording,
    Spoken,
    State,
    Tuned,
    Wake,
    Yielded,
)
from hub.wall import Closure, Wall, in_words, lowest
from integrations.payloads import State as Published
from integrations.wall_payloads import Door, Level, Privacy, ProcessWall, RecordingState
from integrations.wall_payloads import Ledger as LedgerPayload

Told = State | Wake | Heard | NotHeard | Yielded | Health | Tuned
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
    senses: SensesDoor
    mouth: MouthDoor
    publish: Callable[[Published], None]
    tell: Callable[[str], None]
    lending: Lending | None = None
    _others: tuple[Refusals, ...] = ()
    _published: dict[type[Published], Published] = field(default_factory=dict)
    _told: str = ""
    _totals_at: float = 0.0
    _recording: Recording | None = None

    def hear(self, message: FromSenses, now: float) -> Iterator[Told]:
        """What may be heard of it; `now`: seconds, monotonic."""
        if isinstance(message, Loud) and not self.wall.stands("senses"):
            return
        for admitted in self._admit(message, now):
            match admitted:
                case Closed():
                    self.closed(admitted)
                case Loud():
                    pass  # the door keeps it, for who looks
                case State() | Health():
                    yield admitted
                case _ if self.wall.stands("senses"):
                    yield admitted

    def _admit(self, message: FromSenses, now: float) -> tuple[FromSenses, ...]:
        """A command that is refused is a turn not understood, and has the price of one."""
        admitted = self.senses.admit(message, now)
        if admitted or not isinstance(message, Heard):
            return admitted
        return self.senses.admit(_not_understood(message), now)

    def follow(self, message: FromMouth, now: float) -> Iterator[State | Spoken | Health]:
        for admitted in self.mouth.admit(message, now):
            if isinstance(admitted, Closed):
                self.closed(admitted)
            else:
                yield admitted

    def note(self, message: Process | Recording) -> None:
        """From the launcher, which needs no door: it hears nothing."""
        if isinstance(message, Recording):
            self._take_recording(message)
            return
        self.wall.take(message)
        if message.state == "restarting" and message.name == "senses":
            self.senses.restarted()
        elif message.state == "restarting" and message.name == "mouth":
            self.mouth.restarted()
        elif message.state == "restarting" and message.name == "booth" and self.lending:
            self.lending.door.restarted()

    def lanes(self, booth: int | None) -> Iterator[Coroutine[None, None, None]]:
        """`booth`: where what it says is read, where there is one."""
        if self.lending is not None and booth is not None:
            yield self.lending.run(booth)

    def closed(self, message: Closed) -> None:
        self.wall.take(message)
        self._report_wall()

    def report(self, now: float) -> None:
        """What has changed. `now`: seconds since 1970."""
        self._report_wall()
        refused = self.refused
        self._publish(Door(refused=sum(refused.values()), reasons=refused))
        if self._recording is not None:
            self._publish(recording_state(self._recording))
        if abs(now - self._totals_at) >= _TOTALS_EVERY:
            self._totals_at = now
            self._publish(totals(report(self.ledger.entries(start_of_day(now)))))

    def _take_recording(self, told: Recording) -> None:
        """Senses decides how many there are: so the counts wait for the next report."""
        before, self._recording = self._recording, told
        if before is not None and before.until == told.until:
            return
        state = recording_state(told)
        if state.until:
            self.tell(f"Commands are recorded, encrypted to your key, until {state.until}.")
        self._publish(state)

    def _report_wall(self) -> None:
        closures = self.wall.look()
        self._publish(privacy_payload(closures))
        words = in_words(closures)
        if self.wall.is_told and words != self._told:
            self._told = words
            self.tell(words)

    def watch(self, *refusals: Refusals) -> None:
        """Those of other doors count as well."""
        self._others = (*self._others, *refusals)

    @property
    def refused(self) -> dict[str, int]:
        """At all doors, by reason, in steps: an exact count would be a way to tell."""
        all_: Counter[str] = Counter()
        for each in (self.senses.refusals, self.mouth.refusals, *self._others):
            all_.update(each.shown)
        return dict(all_)

    @property
    def level(self) -> Level | None:
        """Of the wall, as it was last reported."""
        told = self._published.get(Privacy)
        return told.level if isinstance(told, Privacy) else None

    @property
    def recording(self) -> RecordingState | None:
        """None where the launcher has not said."""
        return recording_state(self._recording) if self._recording is not None else None

    def line(self) -> WallLine:
        """For the owner's command line."""
        wall = privacy_payload(self.wall.look())
        return WallLine(
            level=wall.level,
            processes=wall.processes,
            refused=self.refused,
            lent=self.lending.done if self.lending is not None else None,
        )

    def _publish(self, payload: Published) -> None:
        if self._published.get(type(payload)) != payload:
            self._published[type(payload)] = payload
            self.publish(payload)


def _not_understood(told: Heard) -> NotHeard:
    return NotHeard(
        source=told.source,
        turn=told.turn,
        reason="not_understood",
        confidence=told.confidence,
        seconds=told.seconds,
    )


def recording_state(told: Recording) -> RecordingState:
    """Counts in steps of 1, 2, 5, 10 ..., as at the door."""
    ends = datetime.fromtimestamp(told.until).astimezone() if told.until else None
    return RecordingState(
        recording=ends is not None,
        until=ends.isoformat(timespec="minutes") if ends else None,
        kept=coarse(told.kept),
        lost=coarse(told.lost),
    )


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
    )


def _network(facts: Facts) -> Literal["empty", "machine"]:
    return "empty" if facts.network_empty else "machine"
