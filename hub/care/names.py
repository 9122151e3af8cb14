"""What a thing's name says of it, in the larger languages, where Home Assistant does not say it."""

import re

from intents.home import Entity

_DOOR_CLASSES = frozenset({"garage", "garage_door", "gate", "door"})
_VAGUE_CLASSES = frozenset({"shutter"})
"""What makers call a roller garage door too: there a name that says garage or gate counts."""
_GATE = (
    r"garage|\bgates?\b|\b(?:hof|garagen)?tor\b|\bportail\b|\bport[oó]n\b|\bcancello\b|\bbrama\b"
)
_DOOR = (
    rf"{_GATE}|\bdoors?\b|\b\w*tür(?:en)?\b|\b(?:ports?|portes?|puertas?|porta|deur|poort|dörr"
    r"|drzwi)\b|(?:tür|tor)(?:öffner|antrieb)"
)
_LOCK = (
    r"\b(?:un)?lock|entriegel|aufschließ|\b\w*schl[oö]ss|serrure|verrou|cerradura|serratura"
    r"|\bslot\b"
)
_ALARM = r"alarm|allarme|burglar|security|einbruch"
_OPENS = r"\bunlock|\bopen|\bdisarm|öffne|entriegel|aufschließ|entschärf|\bouvr|\babr[ei]|\bapri"
_HARMLESS = (
    r"light|\blamps?\b|bulb|\bleds?\b|\bfan\b|bell\b|chime|camera|\bclock\b|heater|child.?lock"
    r"|licht|lampe|leuchte|klingel|kamera|wecker|kindersicherung|lumi[eè]re|\bluz\b|\bluc[ei]\b"
    r"|\busb\b|\bpoe\b|\bport \d"
)
"""What stands at a door or in a garage and opens nothing."""
_OVEN = (
    r"\boven|\bstoves?\b|\bhobs?\b|\bcooker|cooktop|\bgrill|\biron\b|fryer|\w*ofen\b|\b\w*herd\b"
    r"|kochfeld|bügeleisen|fritteuse|^four\b(?! )|cuisinière|fer à repasser|\bhorno|\bplancha\b"
    r"|\bforno|\bfornell|ferro da stiro|fornuis|kookplaat|strijkijzer"
)
_HEATER = (
    r"heater|heiz(?:lüfter|strahler|gerät|decke)|chauffage|calefactor|estufa|\bstufa|\bkachel\b"
)

_SIREN = r"siren|sir[eè]ne\b|\bsirena\b"


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_GATE_WORDS, _DOOR_WORDS = _pattern(_GATE), _pattern(_DOOR)
_GUARD_WORDS = _pattern(f"{_DOOR}|{_LOCK}|{_ALARM}")
_OPENING_WORDS, _HARMLESS_WORDS = _pattern(_OPENS), _pattern(_HARMLESS)
_SIREN_WORDS = _pattern(_SIREN)
_OVEN_WORDS, _HEATER_WORDS = _pattern(_OVEN), _pattern(_HEATER)


def is_door(cover: Entity) -> bool:
    """A door, gate or garage door: by its class, or by its name where the class leaves it open."""
    kind = cover.device_class
    if kind is None:
        return _says(cover, _DOOR_WORDS)
    return kind in _DOOR_CLASSES or (kind in _VAGUE_CLASSES and _says(cover, _GATE_WORDS))


def may_open(thing: Entity) -> bool:
    """A switch, button or script that by its name opens a door, a lock or an alarm."""
    if _says(thing, _OPENING_WORDS) and _says(thing, _GUARD_WORDS):
        return True
    return any(_GUARD_WORDS.search(n) and not _HARMLESS_WORDS.search(n) for n in _names(thing))


def is_oven(thing: Entity) -> bool:
    """What cooks or irons: hot enough to burn a house down."""
    return _says(thing, _OVEN_WORDS)


def is_heater(thing: Entity) -> bool:
    return _says(thing, _HEATER_WORDS)


def is_about_risk(sentence: str) -> bool:
    """Names a door, a lock, an alarm, something hot or a siren, or that anything be opened."""
    kinds = (_GUARD_WORDS, _OPENING_WORDS, _OVEN_WORDS, _HEATER_WORDS, _SIREN_WORDS)
    return any(words.search(sentence) for words in kinds)


def _says(thing: Entity, words: re.Pattern[str]) -> bool:
    return any(words.search(name) for name in _names(thing))


def _names(thing: Entity) -> tuple[str, ...]:
    return (thing.name, *thing.aliases)
