"""What the house has of its eyes: what they see, which of them are wanted, how one speaks of them.

`now` is seconds of one monotonic clock, `time` seconds since 1970.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hub.door.eyes import EyeDoor
from hub.eyes.messages import (
    Crossing,
    EyeHealth,
    FromEye,
    Outline,
    Seen,
    Sketch,
    Slow,
    Thing,
    ToEye,
)
from hub.messages import Closed as Wall
from hub.messages import Process, State, Watch
from hub.sight.closing import By, Closed, Closing
from hub.sight.scene import CameraSeen, Condition, PlaceSeen, Scene
from intents.home import Home, View

Views = Callable[[Home], tuple[View, ...]]


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a message: the camera whose state must be told, and what happened there."""

    key: str
    state: bool = False
    seen: bool = False
    event: Crossing | Thing | None = None
    note: str = ""
    outline: Outline | None = None
    wall: Wall | None = None


@dataclass
class Sight:
    """`to_eye`: writes to one eye; `to_launcher`: tells it which are to be open."""

    doors: Mapping[str, EyeDoor]
    closing: Closing
    views_of: Views
    to_eye: Callable[[str, ToEye], None]
    to_launcher: Callable[[Watch], None]
    scene: Scene = field(default_factory=Scene)
    health: dict[str, EyeHealth] = field(default_factory=dict)
    paces: dict[str, int] = field(default_factory=dict)
    _reasons: dict[str, str] = field(default_factory=dict)

    def begin(self, now: float) -> None:
        """A house that starts says which cameras are to be open; until then none is opened."""
        for key in self.doors:
            off = self.closing.closed.get(key)
            condition: Condition = "off" if off else "starting"
            until = off.until if off else None
            self.scene.cameras[key] = CameraSeen(condition, since=now, off_until=until)
            self.to_eye(key, Slow(pace=0))  # one that runs already says again how it is
        self._watch()

    def close(
        self,
        keys: Sequence[str],
        by: By,
        now: float,
        *,
        until: float | None = None,
        until_left: bool = False,
    ) -> None:
        for key in keys:
            self.closing.close(key, Closed(by=by, until=until, until_left=until_left))
            off = self.closing.closed.get(key)
            self.scene.cameras[key] = CameraSeen(
                "off", since=now, off_until=off.until if off else until
            )
        self._watch()

    def open(self, keys: Sequence[str], by: By, now: float) -> tuple[str, ...]:
        """Those that stay closed, for they were closed closer to the owner."""
        stay = tuple(key for key in keys if not self.closing.lift(key, by))
        self._opened([key for key in keys if key not in stay], now)
        return stay

    def tick(self, now: float, time: float, *, anybody_home: bool | None) -> tuple[str, ...]:
        """Cameras that open by themselves now, for their time has come."""
        due = self.closing.due(time, anybody_home=anybody_home)
        if due:
            self._opened(due, now)
        return due

    def _opened(self, keys: Sequence[str], now: float) -> None:
        for key in keys:
            if self.scene.cameras[key].condition == "off":
                self.scene.cameras[key] = CameraSeen("starting", since=now)
        self._watch()

    def _watch(self) -> None:
        self.to_launcher(Watch(cameras=self.closing.open))

    def pace(self, pace: int) -> None:
        """All eyes, from now on."""
        for key in self.closing.open:
            if self.paces.get(key, 0) != pace:
                self.paces[key] = pace
                self.to_eye(key, Slow(pace=pace))

    def sketch(self, key: str) -> None:
        self.doors[key].sketching = True
        self.to_eye(key, Sketch())

    def note(self, process: Process, now: float) -> Changed | None:
        """An eye, or its relay, has gone: what it saw is not what is there."""
        role, _, key = process.name.partition(".")
        if role not in ("eye", "relay") or process.state != "restarting" or key not in self.doors:
            return None
        if role == "eye":
            self.doors[key].restarted()
        self.paces.pop(key, None)
        seen = self.scene.cameras[key]
        if seen.condition == "watching":
            self.scene.cameras[key] = replace(seen, condition="starting", since=now)
            return Changed(key, state=True)
        return None

    def hear(self, key: str, message: FromEye, now: float) -> Changed | None:
        """What an eye says, as far as its door lets it in; None where nothing need be told."""
        match self.doors[key].admit(message, now):
            case Seen() as seen:
                return self._seen(key, seen, now)
            case State() as state:
                return self._state(key, state, now)
            case EyeHealth() as health:
                before, self.health[key] = self.health.get(key), health
                return Changed(key, state=True) if health != before else None
            case Crossing() | Thing() as event:
                return Changed(key, event=event)
            case Outline() as outline:
                return Changed(key, outline=outline)
            case Wall() as wall:
                return Changed(key, wall=wall)
        return None

    def _state(self, key: str, told: State, now: float) -> Changed | None:
        before = self.scene.cameras[key]
        if before.condition == "off":
            return None
        condition = _condition(told, before.condition)
        note = ""
        if told.state == "blind" and self._reasons.get(key) != told.reason:
            self._reasons[key] = told.reason
            note = f"Camera {key}: {told.reason}"
        elif told.state == "watching":
            self._reasons.pop(key, None)
        if condition == before.condition:
            return Changed(key, note=note) if note else None
        self.scene.cameras[key] = replace(before, condition=condition, since=now)
        return Changed(key, state=True, note=note)

    def _seen(self, key: str, told: Seen, now: float) -> Changed | None:
        before = self.scene.cameras[key]
        if before.condition == "off":
            return None
        places = {p.zone: PlaceSeen(dict(p.counts), p.names, p.left) for p in told.places}
        people = [zone for zone, place in places.items() if place.counts.get("person")]
        after = CameraSeen(
            "watching",
            since=before.since if before.condition == "watching" else now,
            at=now,
            places=places,
            moving=told.moving,
            states=dict(told.states),
            pace=told.pace,
            person=next((n for p in told.places for n in p.names), before.person),
            last={**before.last, **dict.fromkeys(people, now)},
        )
        self.scene.cameras[key] = after
        same = (before.places, before.moving, before.states) == (places, told.moving, told.states)
        came = before.condition != "watching" or before.pace != told.pace
        return Changed(key, state=came, seen=True) if came or not same else None


def _condition(told: State, before: Condition) -> Condition:
    match told.state:
        case "blind":
            return "blind"
        case "watching":  # not before it says what it sees: what is kept may be of long ago
            return before
        case _:  # one that is tried again is blind until it sees
            return "blind" if before == "blind" else "starting"
