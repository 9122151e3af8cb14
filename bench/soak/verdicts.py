"""What became of each command. Pure.

**Lost** is what was taken and then nothing came of it that its sender could notice: no turn at all
(a wake word that was not heard included), a turn without a reply that did nothing, or "done" and
"I will" that Home Assistant never saw. An honest answer is not lost: that it could not be done,
that it was not understood (a person would say it again), or that a newer wish for the same counts.

**Not counted** as sent is a message to a broker that is dead: nobody took it. A message that the
broker has confirmed is counted by itself where the hub never had it: "with the broker" was killed
within `_IN_FLIGHT` seconds; "hub not there" came to a broker that was back when the hub, by its own
page, was not connected to it yet: a broker that has nobody to give it to throws it away. For the
sender both are gone, so look at them. "Unproven" is done by the hub's word while Home Assistant was
killed within `_SETTLES` seconds of it, so that it could not be seen there any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bench.soak.commands import Answered, Command, Rung, Switched
from bench.soak.turns import Turn

Verdict = Literal[
    "done",
    "done later",
    "said so",
    "overtaken",
    "asked again",
    "wrong",
    "unproven",
    "with the broker",
    "hub not there",
    "not sent",
    "lost",
]
_IN_FLIGHT = 3.0
_SETTLES = 5.0
"""Seconds from the hub's word to the state in Home Assistant."""
_PATIENCE = 180.0 + 30.0
"""For which a wish may wait, and a little for a Home Assistant that has just come back."""
_INTENTS = {"turn_on": "HassTurnOn", "turn_off": "HassTurnOff", "toggle": "HassToggle"}
_LATE = 5.0
"""Seconds by which something may ring late."""


@dataclass(frozen=True, slots=True)
class Said:
    """`at`: seconds since 1970; `until`: when its turn came, or was waited for no longer."""

    command: Command
    at: float
    until: float
    accepted: bool
    turn: Turn | None


@dataclass(frozen=True, slots=True)
class Told:
    """Home Assistant's own account of a service that it was told to do."""

    at: float
    service: str
    entity: str


@dataclass
class Evidence:
    """`states` of each entity as they changed; `rings`: when something was due that rang;
    `broker_killed`: moments; `at_broker`: since when the hub was connected to it, or not;
    `home_away`: from and to."""

    told: list[Told] = field(default_factory=list)
    states: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    rings: dict[int, float] = field(default_factory=dict)
    broker_killed: list[float] = field(default_factory=list)
    at_broker: list[tuple[float, bool]] = field(default_factory=list)
    home_away: list[tuple[float, float]] = field(default_factory=list)


def judged(said: Sequence[Said], evidence: Evidence) -> list[tuple[Said, Verdict]]:
    newer = _newer(said)
    return [(each, _verdict(each, newer.get(number), evidence)) for number, each in enumerate(said)]


def _newer(said: Sequence[Said]) -> Mapping[int, float]:
    """Of a command by its number: when the next for the same thing was said."""
    found: dict[int, float] = {}
    last: dict[str, int] = {}
    for number, each in sorted(enumerate(said), key=lambda pair: pair[1].at):
        if isinstance(each.command.effect, Switched) and each.accepted:
            thing = each.command.effect.entity
            if thing in last:
                found[last[thing]] = each.at
            last[thing] = number
    return found


def _verdict(said: Said, newer: float | None, evidence: Evidence) -> Verdict:
    effect, turn = said.command.effect, said.turn
    if not said.accepted:
        return "not sent"
    if turn is None:
        return _without_a_turn(said, evidence)
    if not turn.wishes:
        return "asked again"
    match effect:
        case Answered(intent):
            return _answered(turn, intent)
        case Rung(seconds):
            due = turn.at + seconds
            has_rung = any(abs(at - due) < _LATE for at in evidence.rings.values())
            return "done" if has_rung else "lost"
        case Switched():
            return _switched(said, turn, newer, evidence)


def _without_a_turn(said: Said, evidence: Evidence) -> Verdict:
    effect = said.command.effect
    if isinstance(effect, Switched) and _seen(effect, said.at, said.until, evidence):
        return "done"
    if said.command.way not in ("mqtt", "hermes"):
        return "lost"
    if any(said.at <= at <= said.at + _IN_FLIGHT for at in evidence.broker_killed):
        return "with the broker"
    before = [is_there for at, is_there in evidence.at_broker if at <= said.at]
    return "lost" if before[-1:] == [True] else "hub not there"


def _answered(turn: Turn, intent: str) -> Verdict:
    if [wish.intent for wish in turn.wishes] != [intent]:
        return "wrong"
    return "done" if turn.reply else "lost"


def _switched(said: Said, turn: Turn, newer: float | None, evidence: Evidence) -> Verdict:
    effect = said.command.effect
    assert isinstance(effect, Switched)
    if not _as_wished(effect, turn):
        return "wrong"
    results = {action.result for action in turn.actions}
    if results == {"done"}:
        if _seen(effect, said.at, said.until + _SETTLES, evidence):
            return "done"
        was_killed = any(said.at <= gone <= said.until + _SETTLES for gone, _ in evidence.home_away)
        return "unproven" if was_killed else "lost"
    if results == {"queued"}:
        return _queued(effect, said, newer, evidence)
    return "said so" if turn.reply else "lost"


def _as_wished(effect: Switched, turn: Turn) -> bool:
    """Whether it was understood: this intent, and this thing."""
    named = {name for action in turn.actions for name in action.targets}
    return [wish.intent for wish in turn.wishes] == [_INTENTS[effect.service]] and named <= {
        effect.name
    }


def _queued(effect: Switched, said: Said, newer: float | None, evidence: Evidence) -> Verdict:
    end = said.until + _PATIENCE
    if _seen(effect, said.at, min(end, newer or end), evidence):
        return "done later"
    if newer is not None and newer < end:
        return "overtaken"
    was_away = any(
        gone <= said.until and back > said.until + 170 for gone, back in evidence.home_away
    )
    return "said so" if was_away else "lost"


def _seen(effect: Switched, since: float, until: float, evidence: Evidence) -> bool:
    """Told so in that time, and then in that state."""
    for told in evidence.told:
        is_it = told.entity == effect.entity and told.service == effect.service
        if is_it and since <= told.at <= until:
            return effect.state is None or _stands(effect, told.at, evidence)
    return False


def _stands(effect: Switched, since: float, evidence: Evidence) -> bool:
    """It was in that state already, or came to be in time."""
    states = evidence.states.get(effect.entity, [])
    before = [state for at, state in states if at <= since][-1:]
    after = [state for at, state in states if since < at <= since + _SETTLES]
    return effect.state in (*before, *after)
