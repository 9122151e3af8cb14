"""Writes several_made.jsonl: 150 sentences of two and three wishes from templates, always the same.

`python -m bench.language.make_several`.
"""

from collections.abc import Callable, Iterator
from random import Random

import msgspec

from bench.language.sentences import HERE, WRITTEN, Labelled, Several
from intents.wishes import Slot

_SEED = 2026
_COUNT = 150

_LIGHTS = ("kitchen light", "floor lamp", "desk lamp", "bedside lamp", "porch light", "chandelier")
_DEVICES = ("coffee machine", "kettle", "christmas tree", "printer", "bedroom fan", "tv", "radio")
_COVERS = ("kitchen blinds", "bedroom blinds", "curtains", "office blinds", "awning")
_ROOMS = ("kitchen", "bedroom", "office", "bathroom", "dining room", "guest room", "hallway")
_BLINDS = ("kitchen", "bedroom", "office", "living room")
_COLORS = ("red", "blue", "green", "purple", "orange")
_ITEMS = ("milk", "eggs", "bananas", "olive oil", "washing powder", "toothpaste", "rice")
_STATES = (("on", "HassTurnOn"), ("off", "HassTurnOff"))
_NUMBERS = ((5, "five"), (10, "ten"), (12, "12"), (20, "twenty"), (45, "45"))
_DEGREES = (18, 19, 20, 21, 22)
_PERCENT = (10, 20, 40, 50, 75)
_JOINTS = (" and ", " and ", " and then ", ", then ", " and also ", " and please ")
_OPENINGS = ("", "", "", "please ", "can you ", "could you ", "hey, ")


def _wish(intent: str, **slots: Slot) -> Labelled:
    return Labelled(intent, slots)


Made = tuple[str, tuple[Labelled, ...]]
"""What is said, and what it means."""


def _one(text: str, intent: str, **slots: Slot) -> Made:
    return text, (_wish(intent, **slots),)


def _switched(pick: Random) -> Made:
    name, (state, intent) = pick.choice(_LIGHTS + _DEVICES), pick.choice(_STATES)
    verb = pick.choice(("turn", "switch"))
    text = pick.choice((f"{verb} {state} the {name}", f"{verb} the {name} {state}"))
    return _one(text, intent, name=name)


def _lights_of_a_room(pick: Random) -> Made:
    room, (state, intent) = pick.choice(_ROOMS), pick.choice(_STATES)
    text = pick.choice(
        (f"turn {state} the {room} lights", f"turn the lights in the {room} {state}")
    )
    return _one(text, intent, area=room, domain="light")


def _cover(pick: Random) -> Made:
    name = pick.choice(_COVERS)
    verb, intent = pick.choice((("open", "HassTurnOn"), ("close", "HassTurnOff")))
    return _one(f"{verb} the {name}", intent, name=name)


def _position(pick: Random) -> Made:
    name, percent = pick.choice(_COVERS), pick.choice(_PERCENT)
    return _one(f"set the {name} to {percent}%", "HassSetPosition", name=name, position=percent)


def _level(pick: Random) -> Made:
    name, percent = pick.choice(_LIGHTS), pick.choice(_PERCENT)
    verb = pick.choice((f"set the {name} to", f"dim the {name} to"))
    text = f"{verb} {percent}{pick.choice((' percent', '%'))}"
    return _one(text, "HassLightSet", name=name, brightness=percent)


def _color(pick: Random) -> Made:
    name, color = pick.choice(("floor lamp", "desk lamp", "bedside lamp")), pick.choice(_COLORS)
    verb = pick.choice(("make", "turn"))
    return _one(f"{verb} the {name} {color}", "HassLightSet", name=name, color=color)


def _timer(pick: Random) -> Made:
    number, said = pick.choice(_NUMBERS)
    text = pick.choice((f"set a {said} minute timer", f"set a timer for {said} minutes"))
    return _one(text, "HassStartTimer", minutes=number)


def _item(pick: Random) -> Made:
    item = pick.choice(_ITEMS)
    text = pick.choice((f"add {item} to the shopping list", f"put {item} on my shopping list"))
    return _one(text, "HassListAddItem", name="Shopping List", item=item)


def _warmth(pick: Random) -> Made:
    degrees = pick.choice(_DEGREES)
    text = pick.choice(("set the thermostat to", "set the temperature to"))
    return _one(f"{text} {degrees} degrees", "HassClimateSetTemperature", temperature=degrees)


def _plain(pick: Random) -> Made:
    text, intent, name = pick.choice(
        (
            ("lock the front door", "HassTurnOn", "Front Door"),
            ("lock the back door", "HassTurnOn", "Back Door"),
            ("start the vacuum", "HassVacuumStart", "Roomba"),
            ("pause the speaker", "HassMediaPause", "Speaker"),
            ("mute the speaker", "HassMediaPlayerMute", "Speaker"),
            ("turn on movie night", "HassTurnOn", "Movie Night"),
        )
    )
    return _one(text, intent, name=name)


_SINGLE: tuple[Callable[[Random], Made], ...] = (
    *(_switched, _switched, _lights_of_a_room, _lights_of_a_room, _cover, _position, _level),
    *(_color, _timer, _item, _warmth, _plain),
)


def _two(pick: Random) -> Made:
    (one, first), (other, second) = (kind(pick) for kind in pick.sample(_SINGLE, 2))
    return f"{one}{pick.choice(_JOINTS)}{other}", first + second


def _three(pick: Random) -> Made:
    made = [kind(pick) for kind in pick.sample(_SINGLE, 3)]
    (one, other, last), wishes = zip(*made, strict=True)
    text = f"{one}, {other}{pick.choice((' and ', ', and ', ' and then '))}{last}"
    return text, tuple(wish for each in wishes for wish in each)


def _shared_verb(pick: Random) -> Made:
    (state, intent), names = pick.choice(_STATES), pick.sample(_LIGHTS + _DEVICES, 2)
    said = " and the ".join(names)
    text = pick.choice((f"turn {state} the {said}", f"switch the {said} {state}"))
    return text, tuple(_wish(intent, name=name) for name in names)


def _shared_kind(pick: Random) -> Made:
    (state, intent), rooms = pick.choice(_STATES), pick.sample(_ROOMS, 2)
    first, second = rooms
    text = pick.choice(
        (
            f"turn {state} the {first} and {second} lights",
            f"turn {state} the lights in the {first} and the {second}",
            f"turn the {first} and the {second} lights {state}",
        )
    )
    return text, tuple(_wish(intent, area=room, domain="light") for room in rooms)


def _shared_level(pick: Random) -> Made:
    names, percent = pick.sample(_LIGHTS, 2), pick.choice(_PERCENT)
    text = f"set the {names[0]} and the {names[1]} to {percent} percent"
    return text, tuple(_wish("HassLightSet", name=name, brightness=percent) for name in names)


def _shared_blinds(pick: Random) -> Made:
    rooms = pick.sample(_BLINDS, 2)
    verb, intent = pick.choice((("open", "HassTurnOn"), ("close", "HassTurnOff")))
    text = f"{verb} the blinds in the {rooms[0]} and the {rooms[1]}"
    return text, tuple(_wish(intent, area=r, domain="cover", device_class="blind") for r in rooms)


def _items(pick: Random) -> Made:
    items = pick.sample(_ITEMS, pick.choice((2, 3)))
    text = f"add {', '.join(items[:-1])} and {items[-1]} to the shopping list"
    return text, tuple(_wish("HassListAddItem", name="Shopping List", item=i) for i in items)


def _two_for_later(pick: Random) -> Made:
    text, wishes = _shared_verb(pick)
    number, said = pick.choice(_NUMBERS)
    later = (Labelled("HubSchedule", {"minutes": number}, wishes),)
    return pick.choice((f"in {said} minutes {text}", f"{text} in {said} minutes")), later


_SHARED = (_shared_verb, _shared_kind, _shared_level, _shared_blinds, _items, _two_for_later)
_KINDS = ((_two, 60), (_three, 42), *((each, 8) for each in _SHARED))


def made() -> Iterator[Several]:
    """No two with one text, and none that wishes two things of one target's name."""
    pick = Random(_SEED)
    seen: set[str] = set()
    for kind, count in _KINDS:
        wanted = len(seen) + count
        while len(seen) < wanted:
            said, wishes = kind(pick)
            text = f"{pick.choice(_OPENINGS)}{said}"
            if text not in seen and _is_sound(wishes):
                seen.add(text)
                yield Several(text, wishes)


def _is_sound(wishes: tuple[Labelled, ...]) -> bool:
    """What one wish does the other does not change."""
    about = [w.slots.get("name", w.slots.get("area")) for w in wishes if "item" not in w.slots]
    return len(about) == len(set(about))


def main() -> None:
    rows = list(made())
    assert len(rows) == _COUNT
    text = "".join(f"{msgspec.json.encode(row).decode()}\n" for row in rows)
    (HERE / WRITTEN[0]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
