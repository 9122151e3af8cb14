"""The part of the settings that says how careful the hub is: `care:`."""

import re
from datetime import time
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from hub.asker import Way
from hub.care.classes import Care
from hub.care.rules import CareRules, Hours, Rule
from hub.care.verbs import Verb
from hub.section import Name, Secret, Section

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_GUARDED = frozenset({Verb.UNLOCK, Verb.ARM, Verb.DISARM})
"""Actions that nothing lowers below a code, whatever they are done to."""


class RuleSection(Section):
    """Fits where all that it says is so. The last rule that fits decides."""

    care: Literal["free", "read_back", "confirm", "code", "never"]
    """free: done at once; read_back: and said exactly; confirm: after a yes; code: after a code
    given on a second device; never."""
    entity: Annotated[str, Field(pattern=r"^[a-z0-9_]+\..+$")] | None = None
    """An entity id, for example switch.oven."""
    name: Name | None = None
    """A name or alias of a thing."""
    area: Name | None = None
    """The room that a thing stands in."""
    domain: Annotated[str, Field(pattern="^[a-z0-9_]+$")] | None = None
    """Home Assistant's kind of thing: light, switch, cover."""
    device_class: Annotated[str, Field(pattern="^[a-z0-9_]+$")] | None = None
    """Home Assistant's class within that kind: garage, outlet."""
    action: Verb | None = None
    """What is done to it; set: its amounts, colours, modes."""
    hours: str | None = None
    """From and to, local time: 22:00-06:00."""
    speaker: Name | None = None
    """A person of the home; guest: whom nobody knows; known: anyone whom the hub knows."""
    way: Way | None = None
    """How it was asked for."""

    @field_validator("action", mode="before")
    @classmethod
    def _switched(cls, action: object) -> object:
        """YAML reads a bare `on` and `off` as true and false."""
        return {True: "on", False: "off"}[action] if isinstance(action, bool) else action

    @field_validator("hours", mode="before")
    @classmethod
    def _hours(cls, hours: object) -> object:
        if hours is not None and (not isinstance(hours, str) or _span(hours) is None):
            raise PydanticCustomError("hours", "allowed: two different times, as in 22:00-06:00")
        return hours

    @model_validator(mode="after")
    def _floor(self) -> Self:
        care = Care[self.care.upper()]
        if self.action in _GUARDED and care < Care.CODE:
            raise PydanticCustomError(
                "floor", "to {action} takes a code at least: care: code", {"action": self.action}
            )
        return self

    def rule(self) -> Rule:
        return Rule(
            care=Care[self.care.upper()],
            entity=self.entity,
            name=self.name,
            area=self.area,
            domain=self.domain,
            device_class=self.device_class,
            action=self.action,
            hours=_span(self.hours) if self.hours is not None else None,
            speaker=self.speaker,
            way=self.way,
        )


class CareSection(Section):
    code: Secret | None = None
    """What is given on a second device for what needs a code; at least 4 letters or digits."""
    rules: tuple[RuleSection, ...] = ()
    """How careful the hub is with what; the last that fits decides."""

    def care_rules(self) -> CareRules:
        return CareRules(tuple(each.rule() for each in self.rules), self.code is not None)


def _span(hours: str) -> Hours | None:
    found = _HOURS.fullmatch(hours)
    if found is None:
        return None
    first, last = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    return Hours(first, last) if first != last else None
