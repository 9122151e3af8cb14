"""How much a hostile senses could tell through the door: `python -m hub.door.capacity`.

Prints the tables of docs/word-door.md from the constants that the door enforces.
"""

import sys
from collections.abc import Iterator
from itertools import product
from math import log2, prod

from hub.door.budget import BURST, RATE, SILENCE
from hub.door.language import IntentForm, language_form
from hub.door.loudness import LOUDNESS_RATE
from hub.door.refusals import NOTICE_BURST, NOTICE_RATE, Refused
from hub.door.standing import CLOSED_COST, PROCESSING_COST, STATE_COST
from hub.door.turns import HEARD_COST, NOT_HEARD_COST, WAKE_COST
from hub.door.vocabulary import Vocabulary
from hub.door.wishes import price_all
from hub.messages import WishLine
from intents.home import Area, Entity, Home
from intents.own import Values

SUSTAINED = RATE + SILENCE + NOTICE_RATE
"""Bits a second for good: messages, silences, and the counts of what was refused."""
AT_ONCE = BURST + NOTICE_BURST
CODEC2 = 450.0
"""Bits a second of the narrowest speech codec in use (Codec2 450)."""
PROTOTYPE = 8.0
"""Bits a second of our first study, which had no words, no numbers and one command in 5 s."""
_PERIODS = {"a moment": 0.0, "a minute": 60.0, "an hour": 3_600.0, "a day": 86_400.0}
_HOMES = ((20, 5), (250, 20))
_ROOMS = ("Kitchen", "Bedroom", "Office", "Hall")
_THINGS = tuple(f"Lamp {number}" for number in range(1, 14))


def bound(seconds: float) -> float:
    """Bits that senses can have told in any stretch of so many seconds, at most."""
    return AT_ONCE + seconds * SUSTAINED


def tables() -> str:
    return "\n".join((*_bound_table(), "", *_price_table(), ""))


def _bound_table() -> Iterator[str]:
    yield "| in | bits at most | bits a second | sound of the narrowest codec |"
    yield "|---|---|---|---|"
    for name, seconds in _PERIODS.items():
        bits = bound(seconds)
        each_second = f"{bits / seconds:.1f}" if seconds else ""
        yield f"| {name} | {bits:,.0f} | {each_second} | {bits / CODEC2:,.1f} s |"
    yield f"| for good | | {SUSTAINED:.1f} | 1 s in {CODEC2 / SUSTAINED:.0f} |"
    seen = SUSTAINED + LOUDNESS_RATE
    yield f"| while somebody looks at the page | | {seen:.1f} | 1 s in {CODEC2 / seen:.0f} |"


def _price_table() -> Iterator[str]:
    sizes = (f"{entities} things, {areas} rooms" for entities, areas in _HOMES)
    yield f"| bits of | {' | '.join(sizes)} |"
    yield "|---|---|---|"
    priced = [_prices(home_of(*size)) for size in _HOMES]
    for name in priced[0]:
        yield f"| {name} | {' | '.join(f'{prices[name]:.0f}' for prices in priced)} |"


def _prices(home: Home) -> dict[str, float]:
    """What some messages cost, their moments included."""
    vocabulary = Vocabulary(language_form("en"), home)
    name, room = home.entities[0].name, home.areas[0].name
    switch = WishLine(intent="HassTurnOn", slots={"name": name}, score=1.0)
    dim = WishLine(
        intent="HassLightSet",
        slots={"area": room, "brightness": 40},
        score=1.0,
        response="brightness",
    )
    item = WishLine(
        intent="HassShoppingListAddItem",
        slots={"item": "oat milk"},
        score=1.0,
        response="item_added",
    )
    text = vocabulary.lexicon.bits
    return {
        "a wake word": WAKE_COST,
        "that a command is being worked on": PROCESSING_COST,
        "a command: a thing on": HEARD_COST + _bits(vocabulary, switch),
        "a command: a room's brightness": HEARD_COST + _bits(vocabulary, dim),
        "a command with two open words": HEARD_COST + _bits(vocabulary, item),
        "its words, where they may cross": text(f"turn on the {name.casefold()}"),
        "a turn not understood": NOT_HEARD_COST,
        "a suggestion": text(f"turn on the {name.casefold()}"),
        "any other state": STATE_COST,
        "a new reason of 100 small letters": text(" ".join(["unbeknown"] * 10)),
        "the seal": CLOSED_COST,
        "all that one command can be": log2(_commands(vocabulary)),
    }


def _bits(vocabulary: Vocabulary, wish: WishLine) -> float:
    priced = price_all([wish], vocabulary, open_text=True)
    assert not isinstance(priced, Refused), priced.reason
    return priced.bits


def _commands(vocabulary: Vocabulary) -> int:
    """Different wishes without open text, sensible or not."""
    return sum(
        len(form.responses) * prod(_choices(form, vocabulary))
        for form in vocabulary.intents.values()
    )


def _choices(form: IntentForm, vocabulary: Vocabulary) -> Iterator[int]:
    """For each slot: it is not there, or holds one of so many values."""
    for name in form.slots.keys() | form.added.keys():
        values = form.slots.get(name, Values()) | form.added.get(name, Values())
        yield 1 + len(vocabulary.closed_values(values))


def home_of(entities: int, areas: int) -> Home:
    """A home of so many lights and rooms, each with a name of two words."""
    pairs = product(("Upper", "Lower", "Old", "New", "Guest"), _ROOMS)
    rooms = [Area(f"area_{n}", f"{which} {room}") for n, (which, room) in enumerate(pairs)]
    named = product(rooms, _THINGS)
    things = [
        Entity(f"light.{n}", f"{room.name} {thing}", "light", area=room.id)
        for n, (room, thing) in enumerate(named)
    ]
    return Home(areas=tuple(rooms[:areas]), entities=tuple(things[:entities]))


if __name__ == "__main__":
    sys.stdout.write(tables())
