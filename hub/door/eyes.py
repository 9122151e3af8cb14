"""The door into the house from one eye: what it may say of its camera, in words the house knows.

Nothing that arrives is passed on. A zone, line, label or state that is not in the settings is
refused; counts and states are said anew; what changes is paid for in bits, so that an eye that was
taken over cannot tell a picture (docs/word-door.md). What cannot be paid is told a little later: an
eye says all that it sees, not only what has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2

from hub.door.budget import MOMENT_COST, Budget
from hub.door.reasons import OWN
from hub.door.refusals import Refusals, Refused, coarse
from hub.door.standing import plain_reason
from hub.eyes.messages import (
    MOST_COUNTED,
    Crossing,
    EyeHealth,
    FromEye,
    Outline,
    Passed,
    Place,
    Seen,
    Thing,
)
from hub.messages import Closed, State

EYE_BURST, EYE_RATE = 3_000.0, 30.0
"""Bits at once, and a second: three changes of one count a second, for good."""
_KIND = 3.0
_COUNT = log2(MOST_COUNTED + 1)
_MOST, _LONGEST_MS = 5 * 10**8, 5_000.0
_HEALTH_COST = 4 * log2(28) + log2(1_001)


@dataclass(frozen=True, slots=True)
class Known:
    """What one camera's settings name. `zones`: key -> labels that count there; `states`: key of a
    second look -> what it may say.
    """

    zones: Mapping[str, frozenset[str]]
    lines: Mapping[str, frozenset[str]]
    states: Mapping[str, frozenset[str]]
    objects: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


@dataclass
class EyeDoor:
    """`name`: eye.KEY. Times are seconds of one monotonic clock."""

    name: str
    known: Known
    refusals: Refusals = field(default_factory=Refusals)
    sketching: bool = False
    """The owner asked for an outline, and one may come in."""
    _budget: Budget = field(default_factory=lambda: Budget(EYE_BURST, EYE_RATE))
    _seen: Seen | None = None
    _reason: str = ""
    _malformed: int = 0

    def restarted(self) -> None:
        """It is another process now; what was spent stays spent."""
        self._seen = None

    def malformed(self, total: int, now: float) -> None:
        """`total` lines were no message at all, since the start (Decoder.refused)."""
        if total > self._malformed:
            self.refusals.count("malformed", now, total - self._malformed)
            self._malformed = total

    def admit(self, message: FromEye, now: float) -> FromEye | None:
        """A relay speaks through the same pipe, and could be imitated: its counts are not told."""
        if isinstance(message, Passed):
            return None
        judged = self._judge(message, now)
        if isinstance(judged, Refused):
            self.refusals.count(judged.reason, now)
            return None
        return judged

    def _judge(self, message: FromEye, now: float) -> FromEye | Refused:
        if message.source not in (self.name, self.name.replace("eye.", "relay.", 1)):
            return Refused("bad_source")
        match message:
            case Seen():
                return self._take_seen(message, now)
            case Crossing() | Thing():
                return self._event(message, now)
            case State():
                return self._state(message, now)
            case Closed():
                return self._paid(message, _KIND + 3, now)
            case EyeHealth():
                return self._paid(_rounded(message, self.name), _HEALTH_COST, now)
            case Outline():
                return self._outline(message)
            case _:
                return Refused("bad_source")

    def _paid(self, message: FromEye, bits: float, now: float) -> FromEye | Refused:
        return message if self._budget.pay(MOMENT_COST + bits, now) else Refused("too_often")

    def _take_seen(self, told: Seen, now: float) -> Seen | Refused:
        if not self._knows(told):
            return Refused("unknown_value")
        said = Seen(
            source=self.name,
            places=tuple(
                Place(zone=p.zone, counts=p.counts, names=p.names, left=p.left) for p in told.places
            ),
            moving=told.moving,
            states=told.states,
            pace=told.pace,
        )
        if not self._budget.pay(MOMENT_COST + _KIND + self._news(said), now):
            return Refused("too_often")
        self._seen = said
        return said

    def _knows(self, told: Seen) -> bool:
        zones = [place.zone for place in told.places]
        labels_fit = all(
            place.zone in self.known.zones
            and place.counts.keys() <= self.known.zones[place.zone]
            and (not place.left or place.zone in self.known.objects)
            and self.known.people.issuperset(place.names)
            for place in told.places
        )
        states_fit = all(
            key in self.known.states and state in self.known.states[key]
            for key, state in told.states.items()
        )
        return len(set(zones)) == len(zones) and labels_fit and states_fit

    def _news(self, said: Seen) -> float:
        """Bits of what differs from the last: which values of all, and what they are now."""
        before = _values(self._seen) if self._seen else {}
        after = _values(said)
        changed = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        which = log2(
            1
            + sum(map(len, self.known.zones.values()))
            + len(self.known.states)
            + len(self.known.people)
            + 2
        )
        return len(changed) * (which + _COUNT)

    def _event(self, told: Crossing | Thing, now: float) -> FromEye | Refused:
        if isinstance(told, Thing):
            known = told.zone in self.known.objects
        else:
            known = told.label in self.known.lines.get(told.line, ())
        places = 1 + 4 * len(self.known.lines) + len(self.known.objects)
        return (
            self._paid(told, _KIND + 1 + log2(places), now) if known else Refused("unknown_value")
        )

    def _state(self, told: State, now: float) -> FromEye | Refused:
        if told.state not in ("starting", "watching", "blind"):
            return Refused("out_of_order")
        reason = plain_reason(told.reason)
        news = 0.0 if reason == self._reason else OWN.bits(reason)
        said = self._paid(
            State(source=self.name, state=told.state, reason=reason), _KIND + 3 + news, now
        )
        if isinstance(said, State):
            self._reason = reason
        return said

    def _outline(self, told: Outline) -> FromEye | Refused:
        """It goes to the owner at the machine, who asked, and nowhere else: it has no price."""
        if not self.sketching:
            return Refused("out_of_order")
        self.sketching = False
        return told


def _rounded(told: EyeHealth, name: str) -> EyeHealth:
    """As exact as its price: counts in steps of 1, 2, 5, milliseconds in steps of 5."""
    return EyeHealth(
        source=name,
        frames=_coarse(told.frames),
        dropped=_coarse(told.dropped),
        detections=_coarse(told.detections),
        restarts=_coarse(told.restarts),
        detect_ms=min(_LONGEST_MS, max(0.0, round(told.detect_ms / 5) * 5.0)),
    )


def _coarse(count: int) -> int:
    return coarse(min(_MOST, max(0, count)))


def _values(seen: Seen) -> dict[tuple[str, str], int | str]:
    found: dict[tuple[str, str], int | str] = {("", "moving"): seen.moving, ("", "pace"): seen.pace}
    for place in seen.places:
        found |= {(place.zone, label): count for label, count in place.counts.items()}
        found[place.zone, "-left"] = place.left
        found |= {(place.zone, f"-name {name}"): 1 for name in place.names}
    return found | {("-state", key): state for key, state in seen.states.items()}
