"""The owner's rules of care. The last rule that fits decides; none goes under the floor."""

from dataclasses import dataclass
from datetime import datetime, time

from hub.asker import Asker, Way
from hub.care.classes import Care
from hub.care.groups import with_members
from hub.care.risks import DEFAULTS, FLOORS, Risk, risk
from hub.care.verbs import Verb, verbs
from hub.services import Call
from intents.home import Entity, Home, areas_called, called, same

GUEST, KNOWN = "guest", "known"
"""A rule's speaker: one whom nobody knows, one whom the hub knows; else a name."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Local time from `first` up to, but not at, `last`; over midnight where it is earlier."""

    first: time
    last: time

    def hold(self, now: time) -> bool:
        if self.first < self.last:
            return self.first <= now < self.last
        return now >= self.first or now < self.last


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who asks, where and when. `now`: local time."""

    home: Home
    asker: Asker
    now: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """Fits where all that it says is so; what is None says nothing."""

    care: Care
    entity: str | None = None
    name: str | None = None
    area: str | None = None
    domain: str | None = None
    device_class: str | None = None
    action: Verb | None = None
    hours: Hours | None = None
    speaker: str | None = None
    way: Way | None = None

    def fits(self, verb: Verb, target: Entity, occasion: Occasion) -> bool:
        asker, now = occasion.asker, occasion.now
        return (
            self.means(target, occasion.home)
            and self.action in (None, verb)
            and (self.hours is None or self.hours.hold(now.time()))
            and (self.speaker is None or _is(self.speaker, asker.speaker))
            and self.way in (None, asker.way)
        )

    def means(self, target: Entity, home: Home) -> bool:
        return (
            self.entity in (None, target.id)
            and (self.name is None or called(target, self.name))
            and (self.area is None or _stands_in(target, self.area, home))
            and self.domain in (None, target.domain)
            and self.device_class in (None, target.device_class)
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """`risk`: what speaks against it, where anything does."""

    care: Care
    risk: Risk | None


@dataclass(frozen=True, slots=True)
class CareRules:
    """`has_code`: without one, what needs a code cannot be had."""

    rules: tuple[Rule, ...] = ()
    has_code: bool = False

    def judge(self, call: Call, target: Entity, occasion: Occasion) -> Judgement:
        """Of all that the call may come to, for all that the target stands for, the strictest."""
        things = with_members(target, occasion.home)
        found = [self._judge(verb, each, occasion) for verb in verbs(call) for each in things]
        return max(found, key=lambda judgement: judgement.care)

    def strictest(self, target: Entity, occasion: Occasion) -> Care:
        """Of all that could be done with it."""
        return max(self._judge(verb, target, occasion).care for verb in Verb)

    def idle(self, home: Home) -> tuple[int, ...]:
        """Which rules, counted from 0, fit nothing in this home: a name may be misspelled."""
        return tuple(
            number
            for number, rule in enumerate(self.rules)
            if not any(rule.means(entity, home) for entity in home.entities)
        )

    def _judge(self, verb: Verb, target: Entity, occasion: Occasion) -> Judgement:
        danger = risk(verb, target)
        fitting = [rule.care for rule in self.rules if rule.fits(verb, target, occasion)]
        care = fitting[-1] if fitting else DEFAULTS[danger]
        return Judgement(max(care, FLOORS.get(danger, Care.FREE)), danger)


def _stands_in(target: Entity, area: str, home: Home) -> bool:
    return any(target.area == found.id for found in areas_called(home, area))


def _is(wanted: str, speaker: str | None) -> bool:
    """Whom nobody knows is a guest."""
    if speaker is None:
        return wanted == GUEST
    return wanted == KNOWN or (wanted != GUEST and same(wanted, speaker))
