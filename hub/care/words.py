"""What is said of a deed: the question before it, and exactly what was done after it."""

from collections.abc import Iterable, Sequence

from hub.care.verbs import verbs
from hub.deeds import Deed
from hub.phrases import phrase
from hub.services import Call

_VALUES = {"set_temperature": "temperature", "set_percentage": "percentage"}
"""Where a number tells what is set."""
_POSITION = ("set_cover_position", "set_valve_position")


def question(deeds: Sequence[Deed], language: str) -> str:
    """As in: Shall I unlock the Front Door? Then a yes is enough."""
    return phrase("shall_i", language, intended(deeds, language))


def code_wanted(deeds: Sequence[Deed], language: str) -> str:
    """I need the code before I unlock the Front Door."""
    return phrase("code_wanted", language, intended(deeds, language))


def intended(deeds: Sequence[Deed], language: str) -> str:
    """As in: unlock the Front Door and turn on the Oven."""
    return _all("do", deeds, language)


def left_out(calls: Sequence[Call], language: str) -> str:
    """As in: turn on the Lamp and close the Blinds."""
    return _joined([_one("do", call, language) for call in calls], language)


def read_back(deeds: Sequence[Deed], language: str) -> str:
    """I have opened the Main Valve."""
    return phrase("i_have", language, _all("did", deeds, language))


def _all(tense: str, deeds: Sequence[Deed], language: str) -> str:
    return _joined([_one(tense, deed.call, language) for deed in deeds], language)


def _one(tense: str, call: Call, language: str) -> str:
    names = [phrase("named", language, target.name) for target in call.targets]
    what, value = _what(call)
    return phrase(f"{tense}_{what}", language, _joined(names, language), value=value)


def _what(call: Call) -> tuple[str, str]:
    """The end of a phrase's key, and the number in it."""
    if call.service == "toggle":
        return "toggle", ""
    if call.service in _POSITION and call.data["position"] not in (0, 100):
        return "position", str(call.data["position"])
    if "brightness_pct" in call.data:
        return "brightness", str(call.data["brightness_pct"])
    slot = _VALUES.get(call.service, "")
    if slot in call.data:
        return slot, str(call.data[slot])
    return verbs(call)[0].value, ""


def _joined(parts: Iterable[str], language: str) -> str:
    """`a, b and c`, each once."""
    *first, last = dict.fromkeys(parts)
    if not first:
        return last
    return phrase("and", language, ", ".join(first), value=last)
