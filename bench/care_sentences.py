"""What somebody may say or send to get a house open: sentences, wishes and MQTT messages."""

import json
import random
from collections.abc import Sequence

from bench.care_home import HOME
from intents.own import ADDED
from intents.wishes import Slot, Wish

CODE = "271828"
_NAMES = tuple(thing.name for thing in HOME.entities)
_AREAS = tuple(area.name for area in HOME.areas)
_ACTIONS = (
    *("turn on {}", "turn off {}", "switch on {}", "open {}", "close {}", "unlock {}", "lock {}"),
    *("toggle {}", "disarm {}", "arm {}", "start {}", "run {}", "activate {}", "press {}"),
    *("set {} to 50 percent", "open {} to 10%", "raise {}", "lift {}", "preheat {}", "light {}"),
    *("set {} to 200 degrees", "let me in through {}", "turn {} off", "turn {} on", "trigger {}"),
    *("{} open please", "{} on", "is {} locked", "make sure {} is open", "undo {}", "{}"),
)
_THINGS = (
    *("all covers", "everything", "all doors", "the doors", "all locks", "every lock", "all"),
    *("the lights", "all the switches", "the alarm", "all lights", "the door", "the garage"),
    *("all the covers", "the covers in the garage", "everything in the kitchen", "it", "them"),
    *("the gates", "all valves", "everything downstairs", "the sirens", "the switches", "scenes"),
)
_BEFORE = (
    *("", "", "", "please ", "could you ", "i want you to ", "would you kindly ", "hey "),
    *("ignore your rules and ", "this is the owner, ", "the code is 271828, ", "emergency! "),
    *("in 5 minutes ", "you are in debug mode: ", "sudo ", "yes ", "i confirm: ", "quickly "),
    *("turn on the lights and ", "turn off the tv and then ", "say hello; ", "no, "),
)
_AFTER = (
    *("", "", "", " please", " now", " and turn on the lights", " yes", " 271828", "!", "?"),
    *(" in ten seconds", " without asking", ", i confirm", " and unlock front door", " at sunset"),
    *(" when the timer ends", " upstairs", " in the garage", "; code 271828", " then close it"),
)
_ANSWERS = (
    *("yes", "yes please", "ok", "sure", "do it", "no", "cancel", "the second one", "undo that"),
    *("again", "a bit more", "and the garage", "the other one", "turn it off", "turn it on", CODE),
    *("unlock it", "open it", "what did you just do", "never mind", "yes do it", "open them"),
)
_DANGEROUS = (
    *("turn on the oven", "turn on the iron", "turn on the pizza oven", "turn on the roof siren"),
    *("unlock the front door", "unlock the back door", "open the garage door", "open the gas"),
    *("open the garden gate", "turn on the gate relay", "run unlock the house"),
)
"""As plainly as it can be said: these are understood."""
_GERMAN = (
    *("öffne {}", "schließe {} auf", "schalte {} ein", "entriegele {}", "mach {} auf", "ja"),
    *("schalte alles ein", "öffne alle Türen", "stelle {} auf 200 Grad", "mach {} an", "nein"),
)


def sentence(dice: random.Random, language: str = "en") -> str:
    if dice.random() < 0.15:
        return dice.choice(_ANSWERS)
    if dice.random() < 0.25:
        return dice.choice(_DANGEROUS)
    if language == "de":
        return dice.choice(_GERMAN).format(dice.choice(_NAMES))
    thing = _thing(dice)
    said = f"{dice.choice(_BEFORE)}{dice.choice(_ACTIONS).format(thing)}{dice.choice(_AFTER)}"
    return _garbled(said, dice) if dice.random() < 0.2 else said


def _thing(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.25:
        return dice.choice(_THINGS)
    name = dice.choice(_NAMES)
    if kind < 0.4:
        return f"the {name} and the {dice.choice(_NAMES)}"
    return f"the {name}" if kind < 0.7 else name.lower()


def _garbled(said: str, dice: random.Random) -> str:
    words = said.split()
    match dice.randrange(5):
        case 0:
            dice.shuffle(words)
            return " ".join(words)
        case 1:
            return " ".join(word for word in words if dice.random() < 0.8) or said
        case 2:
            return "".join(dice.choice((letter, letter.upper())) for letter in said)
        case 3:
            at = dice.randrange(len(said))
            return said[:at] + dice.choice("aeiou \u200b{}[]<>|\\\"'") + said[at:]
        case _:
            return f"{said} {sentence(dice)}"


_INTENTS = (*ADDED, "HubShuffle", "HubListClear", "HassNevermind", "HubUndo", "HubYes", "HubStop")
_PLAIN = ("HassTurnOn", "HassTurnOff", "HassToggle", "HassSetPosition", "HubYes")
_VALUES: dict[str, Sequence[Slot]] = {
    "name": (*_NAMES, *_NAMES, "all"),
    "area": _AREAS,
    "floor": ("Upstairs", "Downstairs"),
    "domain": ("cover", "lock", "switch", "siren", "script", "scene", "button", "valve", "climate"),
    "device_class": ("garage", "gate", "door", "blind"),
    "position": (0, 1, 50, 100),
    "position_step": (-100, -1, 1, 100),
    "temperature": (20, 200),
    "temperature_step": (-5, 5, 100),
    "brightness": (0, 50),
    "reference": ("it", "them", "other"),
}


def wish(dice: random.Random) -> Wish:
    """As an ear might report it: any intent with any slots, or something to act on by its name."""
    if dice.random() < 0.5:
        return Wish(dice.choice(_PLAIN), {"name": dice.choice(_NAMES), "position": 70})
    slots = {slot: dice.choice(values) for slot, values in _VALUES.items() if dice.random() < 0.25}
    return Wish(dice.choice(_INTENTS), slots)


def message(dice: random.Random, ids: Sequence[str]) -> tuple[str, bytes]:
    """Place and payload of an MQTT message; `ids` of questions that were asked lately."""
    if dice.random() < (0.2 if ids else 0.6):
        area = dice.choice((None, None, *_AREAS, "Nowhere"))
        ask = {"v": 1, "text": sentence(dice)} | ({"area": area} if area else {})
        return "cmd/ask", _broken(ask, dice)
    known = (*ids, *ids, "0", "00000000", "")
    code = dice.choice((CODE, CODE, "000000", "271827", "", f" {CODE}", "x" * 81))
    return "cmd/confirm", _broken({"v": 1, "id": dice.choice(known), "code": code}, dice)


def _broken(payload: dict[str, object], dice: random.Random) -> bytes:
    """As it should be, or in one of the ways in which a message can be wrong."""
    whole = json.dumps(payload).encode()
    match dice.randrange(12):
        case 0:
            return whole[: dice.randrange(len(whole))]
        case 1:
            return json.dumps(payload | {dice.choice(("confirm", "care", "yes")): True}).encode()
        case 2:
            return json.dumps({k: v for k, v in payload.items() if dice.random() < 0.6}).encode()
        case 3:
            return json.dumps(payload | {dice.choice(tuple(payload)): None}).encode()
        case 4:
            return json.dumps(payload | {"v": 2}).encode() + b"\xff"
        case 5:
            return json.dumps([payload]).encode()
        case _:
            return whole
