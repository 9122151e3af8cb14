"""What is said and typed in a soak, and by what each is known to have been granted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Literal

Way = Literal["voice", "mqtt", "hermes", "wyoming", "page"]
LIGHTS: Mapping[str, str] = {
    "Kitchen light": "light.kitchen_light",
    "Porch light": "light.porch_light",
}
"""That the testbed's Home Assistant has, with their entities."""
HELPERS = (
    "Living Room Lamp",
    "Hall Lamp",
    "Desk Fan",
    "Christmas Tree",
    "Radio",
    "Fish Tank",
    "Water Fountain",
    "Record Player",
)
"""That are made for the soak."""
_APART = ("Reading Lamp", "Fairy Lights")
"""Asked for by Wyoming alone, at any time, also in the middle of other turns."""
PERSON = "Living Room Lamp"
"""People were recorded who ask for it."""


@dataclass(frozen=True, slots=True)
class Switched:
    """Home Assistant was told to do this service to this thing, which then has this state."""

    name: str
    entity: str
    service: str
    state: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn of this intent has a reply; nothing is done."""

    intent: str


@dataclass(frozen=True, slots=True)
class Rung:
    """Something rings so many seconds later."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Command:
    way: Way
    text: str
    effect: Switched | Answered | Rung
    is_person: bool = False
    """Said by people who were recorded."""


def things() -> dict[str, str]:
    """Name to entity."""
    made = {name: entity(name) for name in (*HELPERS, *_APART)}
    return {**LIGHTS, **made}


def entity(helper: str) -> str:
    return f"input_boolean.{helper.lower().replace(' ', '_')}"


@dataclass
class Turning:
    """Each thing by turns on and off."""

    names: Iterator[str]
    _on: dict[str, bool] = field(default_factory=dict)

    def next(self, way: Way) -> Command:
        name = next(self.names)
        is_on = self._on[name] = not self._on.get(name, False)
        word = "on" if is_on else "off"
        effect = Switched(name, things()[name], f"turn_{word}", word)
        is_person = way == "voice" and name == PERSON and is_on
        return Command(way, f"turn {word} the {name.lower()}", effect, is_person)


def lane() -> Iterator[Command]:
    """One after the other, as the people of a house take turns."""
    turning = Turning(cycle((*LIGHTS, *HELPERS)))
    toggled = Switched("Porch light", LIGHTS["Porch light"], "toggle", None)
    learned = Switched("Fish Tank", entity("Fish Tank"), "turn_on", "on")
    while True:
        yield turning.next("voice")
        yield turning.next("mqtt")
        yield turning.next("page")
        yield Command("voice", "what time is it", Answered("HassGetCurrentTime"))
        yield turning.next("voice")
        yield turning.next("hermes")
        yield Command("mqtt", "is the hall lamp on", Answered("HassGetState"))
        yield turning.next("voice")
        yield Command("mqtt", "toggle the porch light", toggled)  # may never wait
        yield turning.next("voice")
        yield Command("voice", "set a timer for twenty seconds", Rung(20))
        yield turning.next("page")
        yield turning.next("voice")
        yield Command("page", "is anyone at the front door", Answered("HubIsAnyone"))
        yield turning.next("mqtt")
        yield Command("mqtt", "turn on the aquarium", learned)


def lane_beside() -> Iterator[Command]:
    """At the same time, by Wyoming."""
    turning = Turning(cycle(_APART))
    while True:
        yield turning.next("wyoming")
        yield Command("wyoming", "what time is it", Answered("HassGetCurrentTime"))
