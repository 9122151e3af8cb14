"""Questions to the cameras: "is anyone at the front door?". Pure; English.

A place is a camera, one of its zones, a room or a floor. What is none of them is not understood,
except what belongs to a house (the garden, the back door): of that is said that no camera shows
it, for any guess would be about something else. A home without cameras hears nothing more.
"""

import re

from intents.home import Home
from intents.outdoors import is_outdoors
from intents.phrasing.making import NATURAL, Wishes
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.phrasing.viewed import SENSORS, Viewed
from intents.phrasing.watching import closed, told
from intents.wishes import Slot, Wish

_ANY = r"any ?(?:one|body)"
_BODY = rf"(?:{_ANY}|some ?(?:one|body)|a (?:person|man|woman)|(?:any )?people)"
_NOBODY = r"(?:nobody|no ?one|no body)"
_PETS = r"(?P<label>person|people|dog|cat|car|vehicle|bicycle|bike)s?"
_PET = rf"(?:(?:the|a|an|any|my|our|some) )?{_PETS}"
_THERE = r"(?: out there| there| here)?"
_AT = rf"{_THERE}(?: (?P<place>.+))?"
_MAIL = r"(?:parcel|package|delivery|deliveries|mail|post|letter)s?"
_PARCEL = rf"(?:(?:a|an|the|my|our|any|that|new) )*{_MAIL}"
_CAME = (
    r"(?:come|came|been|stop(?:ped)? by|pass(?:ed)? by|walk(?:ed)? by|c[oa]me by|go|gone|ring|rang)"
)
_ARRIVED = (
    r"(?:come|came|arrived?|here|there|been delivered|delivered|been left|left|get here|turn up)"
)
_LEFT = r"(?:leave|left|deliver|delivered|drop off|dropped off)"

_QUESTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(f"^(?:{pattern})$"))
    for intent, pattern in (
        ("HubThing", rf"(?:did|has|is|was|were|have) {_PARCEL} {_ARRIVED}{_AT}"),
        ("HubThing", rf"(?:if|whether) {_PARCEL} (?:has |was |is )?{_ARRIVED}{_AT}"),
        ("HubThing", rf"(?:is|are|was|were) there (?:still )?{_PARCEL}{_AT}"),
        ("HubThing", rf"(?:do|did) (?:i|we) (?:have|get) {_PARCEL}{_AT}"),
        ("HubThing", rf"any {_MAIL}{_AT}"),
        ("HubThing", rf"(?:was|is|has) anything (?:been )?{_LEFT}{_AT}"),
        (
            "HubThing",
            (
                rf"(?:did|has) (?:{_ANY}|some ?(?:one|body)|they) {_LEFT} "
                rf"(?:{_PARCEL}|something|anything){_AT}"
            ),
        ),
        ("HubLastSeen", rf"(?:did|has) {_BODY} {_CAME}{_AT}"),
        ("HubLastSeen", rf"(?:was|were) (?:there )?{_BODY}{_AT}"),
        ("HubLastSeen", rf"who (?:was|has been|has|did)?(?: ?{_CAME})?{_AT}"),
        ("HubLastSeen", rf"when (?:did|was) (?:you (?:last )?see )?{_BODY}(?: last)? {_CAME}{_AT}"),
        ("HubLastSeen", rf"when (?:did you (?:last )?see|was) {_BODY}(?: last)?(?: seen)?{_AT}"),
        (
            "HubLastSeen",
            rf"when was the last time (?:that )?{_BODY} (?:was|{_CAME}){_AT}",
        ),
        ("HubHowMany", rf"(?:is|are) (?:there )?{_NOBODY}{_AT}"),
        ("HubHowMany", r"is (?P<place>.+) (?:empty|vacant|unoccupied)"),
        ("HubIsAnyone", rf"(?:is|are) (?:there )?{_BODY}{_AT}"),
        ("HubIsAnyone", rf"(?:if|whether) (?:there is )?{_BODY}(?: is)?{_AT}"),
        ("HubIsAnyone", rf"{_ANY} (?:(?:out )?there|(?P<place>.+))"),
        ("HubIsAnyone", rf"(?:do|can|did) you see {_BODY}{_AT}"),
        ("HubIsAnyone", rf"(?:do|can) you see {_PET}{_AT}"),
        ("HubIsAnyone", rf"(?:is|are|if|whether) there (?:is )?{_PET}{_THERE} (?P<place>.+)"),
        ("HubIsAnyone", r"(?:is|are) (?:the |a |my |our )?(?P<label>dog|cat|car)s? (?P<place>.+)"),
        ("HubWho", r"who is (?:it|that|(?:out )?there|here)"),
        ("HubWho", r"who is (?:there |that )?(?P<place>.+)"),
        ("HubWho", rf"(?:who|whom) (?:do|can) you see{_AT}"),
        ("HubHowMany", rf"how many {_PETS}(?: are| do you see| can you see)?{_AT}"),
        ("HubWhere", r"where (?:is|are) (?:the |my |our )(?P<label>dog|cat|car|bike|bicycle)s?"),
        ("HubWhere", r"(?:have|did) you (?:seen|see) (?:the |my |our )(?P<label>dog|cat)s?"),
        ("HubLook", rf"what (?:do|can) you see{_AT}"),
        ("HubLook", r"what (?:does|can) the (?P<camera>.+?) ?camera see"),
        ("HubLook", rf"what is (?:happening|going on){_AT}"),
        ("HubLook", rf"is (?:there )?(?:anything|something) (?:moving|going on|happening){_AT}"),
    )
)
_OF_A_DAY = ("HubLastSeen", "HubThing")
_WITH_LABEL = ("HubIsAnyone", "HubHowMany", "HubWhere")
_LABELS = {"people": "person", "vehicle": "car", "bike": "bicycle"}
_OF_PEOPLE = frozenset({"HubIsAnyone", "HubWho", "HubHowMany", "HubLastSeen"})
_LEAD = re.compile(
    r"^(?:please |and |so |do you know |i (?:want|would like) to know |"
    r"(?:(?:can|could|would|will) you (?:please )?)?(?:tell me|check|let me know|look|see|say) "
    r"(?=if |whether |who |how |what |when |where |is ))+"
)
_TAIL = re.compile(
    r"(?: (?P<today>today)| (?:right now|now|at the moment|currently|yet|lately|recently|please|"
    r"for me|while (?:i|we) (?:was|were) (?:out|away|gone)|since (?:i|we) left))+$"
)


def seen(said: tuple[str, ...], home: Home) -> Wishes:
    """Who is where: asked before any template, which would ask Home Assistant's people."""
    found = _asked(" ".join(said).strip(" ?.,!"), home)
    return found if found and all(_is_ours(wish, home) for wish in found) else None


def looked(clause: Clause, places: Places) -> Wishes:
    home = places.home
    if not home.views:
        return None
    said = " ".join(clause.tokens).strip(" ?.,!")
    return closed(said, clause, places) or _asked(said, home) or told(said, home)


def _is_ours(wish: Wish, home: Home) -> bool:
    """A camera shows it, or nothing does at all: then that is said."""
    slots = wish.slots
    if "place" in slots:
        areas = {area.id for area in home.areas if is_outdoors(area.name)}
        if slots["place"] == "outside" and not home.views and _is_sensed(areas, home):
            return False
        return bool(home.views) or wish.intent in _OF_PEOPLE
    if not home.views:
        return False
    if "area" in slots:
        areas = {area.id for area in home.areas if area.name == slots["area"]}
    elif "floor" in slots:
        floors = {floor.id for floor in home.floors if floor.name == slots["floor"]}
        areas = {area.id for area in home.areas if area.floor in floors}
    else:
        return True
    return any(view.area in areas for view in home.views) or not _is_sensed(areas, home)


def _is_sensed(areas: set[str], home: Home) -> bool:
    return any(each.area in areas and each.device_class in SENSORS for each in home.entities)


def _asked(said: str, home: Home) -> Wishes:
    plain = _LEAD.sub("", said)
    tail = _TAIL.search(plain)
    plain = plain[: tail.start()] if tail else plain
    viewed = Viewed(home)
    for intent, pattern in _QUESTIONS:
        found = pattern.match(plain)
        if found is None:
            continue
        groups = found.groupdict()
        place = viewed.place(groups.get("place") or groups.get("camera"))
        if place is None:
            continue
        slots: dict[str, Slot] = {**place}
        if intent in _WITH_LABEL and (label := groups.get("label")):
            slots["label"] = _LABELS.get(label, label)
        if tail and tail["today"]:
            if intent not in _OF_A_DAY:
                continue  # "what's going on today" asks a calendar
            if intent == "HubLastSeen":
                slots["date"] = "today"
        return (Wish(intent, slots, NATURAL),)
    return None
