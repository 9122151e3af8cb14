"""Kills, reboots, suspended machines, clocks and zones that are set: nothing lost, nothing twice.

The clock is simulated; the timekeeper, its SQLite file and every restart are real.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from zoneinfo import ZoneInfo

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hub.timekeeping.agenda import Agenda
from hub.timekeeping.announcements import Due
from hub.timekeeping.keeper import Timekeeper
from hub.timekeeping.occurrences import local
from hub.timekeeping.store import FILE, File
from intents.answers import Answers
from intents.wishes import Slots, Wish

ANSWERS = Answers("en")
ZONES = (ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"))
SUMMER_TIME_ENDS = datetime(2026, 10, 24, 20, tzinfo=ZONES[0])
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Thousands of commits: what a disk takes for each is not the question here."""
HOUR, DAY = 3600.0, 86_400.0
SHAKEN = 6 * HOUR
"""Seconds by which the clock is set back in all: less than what counts as having been wrong."""

Death = Literal["before", "after"]


class Killed(BaseException):
    """As SIGKILL: nothing more is done, nothing more is written."""


class Mortal(File):
    """Dies, when it is told to, on either side of its next writing but `spared`."""

    death: Death | None = None
    spared = 0

    def save(self, agenda: Agenda) -> None:
        dies = self.death is not None and not self.spared
        self.spared = max(0, self.spared - 1)
        if dies and self.death == "before":
            raise Killed
        super().save(agenda)
        if dies:
            raise Killed


@dataclass
class World:
    """A hub in a house with a clock. `heard`: each ring and when it was due."""

    path: Path
    clock: float = SUMMER_TIME_ENDS.timestamp()
    zone: ZoneInfo = ZONES[0]
    set_back: float = 0.0
    numbers: Iterator[int] = field(default_factory=count)
    granted: dict[str, Slots] = field(default_factory=dict)
    heard: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    done: list[str] = field(default_factory=list)
    silenced: set[int] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.store = Mortal(self.path, self.complaints.append)
        self.keeper = Timekeeper(ANSWERS, store=self.store)

    @property
    def now(self) -> datetime:
        return local(self.clock, self.zone)

    @contextmanager
    def mortal(self) -> Iterator[None]:
        try:
            yield
        except Killed:
            self.store.close()
            self.start()

    def ask(self, kind: str, amount: int) -> None:
        name = f"thing {next(self.numbers)}"
        clock = {"time": f"{amount % 24:02}:{amount % 60:02}"}
        wanted: dict[str, tuple[str, Slots]] = {
            "timer": ("HassStartTimer", {"seconds": amount, "name": name}),
            "alarm": ("HubSetAlarm", {**clock, "name": name}),
            "daily": ("HubSetAlarm", {**clock, "name": name, "repeat": "daily"}),
            "reminder": ("HubSetReminder", {"minutes": amount % 600 + 1, "message": name}),
            "command": ("HubSchedule", {"seconds": amount, "conversation_command": name}),
        }
        intent, slots = wanted[kind]
        with self.mortal():
            outcome = self.keeper.take(Wish(intent, slots), None, self.now)
            assert [action.result for action in outcome.actions] == ["done"]
            self.granted[name] = slots

    def live(self) -> None:
        """One look at the clock, as the house takes them several times a second."""
        with self.mortal():
            for due in self.keeper.due(self.now):
                self.hear(due)
                self.keeper.told(due)

    def hear(self, due: Due) -> None:
        assert due.ring.id not in self.silenced
        assert due.again or due.ring.due <= self.clock
        self.heard[due.ring.text][due.ring.id] = due.ring.due
        if due.command:
            self.done.append(due.command)

    def stop(self) -> None:
        ringing = {ring.id for ring in self.keeper._agenda.ringing}
        with self.mortal():
            self.keeper.stop()
            self.silenced |= ringing

    def set_clock(self, seconds: float) -> None:
        self.set_back -= min(0.0, seconds)
        if self.set_back <= SHAKEN:
            self.clock += seconds


amounts = st.integers(1, 5_000)
events = st.one_of(
    st.tuples(st.sampled_from(("timer", "alarm", "daily", "reminder", "command")), amounts),
    st.tuples(st.just("command"), st.integers(1, 50)),
    st.tuples(st.just("wait"), st.sampled_from((1, 20, 59, 600, 3_600, 30_000, 90_000, 400_000))),
    st.tuples(st.just("clock"), st.sampled_from((-7_200, -3_600, -30, 30, 3_600, 90_000))),
    st.tuples(st.sampled_from(("die before", "die after")), st.sampled_from((0, 1, 2))),
    st.tuples(st.sampled_from(("kill", "stop", "zone")), st.just(0)),
)


def happen(world: World, event: tuple[str, int]) -> None:
    match event:
        case "wait", seconds:
            world.clock += seconds
        case "clock", seconds:
            world.set_clock(seconds)
        case "die before", spared:
            world.store.death, world.store.spared = "before", spared
        case "die after", spared:
            world.store.death, world.store.spared = "after", spared
        case "kill", _:
            world.store.close()
            world.start()
        case "stop", _:
            world.stop()
        case "zone", _:
            world.zone = ZONES[world.zone is ZONES[0]]
        case kind, amount:
            world.ask(kind, amount)


@settings(
    max_examples=250,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(st.lists(events, min_size=5, max_size=25))
def test_nothing_is_lost_and_nothing_comes_twice(sequence: list[tuple[str, int]]) -> None:
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        world = World(Path(folder) / FILE)
        for event in sequence:
            happen(world, event)
            world.live()
        world.store.death = None
        world.clock += SHAKEN
        for _ in range(3 * 24):
            world.clock += HOUR
            world.live()
        world.store.close()
    for name, slots in world.granted.items():
        check(name, slots, world)
    assert world.complaints == []


def check(name: str, slots: Slots, world: World) -> None:
    heard = world.heard[name]
    assert heard, f"{name} was lost"
    assert world.done.count(name) <= 1
    if "repeat" not in slots:
        assert len(heard) == 1, f"{name} came twice"
        return
    moments = sorted(heard.values())
    apart = (later - earlier for earlier, later in pairwise(moments))
    assert min(apart, default=DAY) >= DAY - 7 * HOUR, f"{name} came twice on a day"
    assert moments[-1] >= world.clock - DAY - HOUR, f"{name} ended"
