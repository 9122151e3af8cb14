"""Questions to the cameras, and closing them: "is anyone at the front door?". Pure; English.

Only in a home that has cameras (Home.views), so that nothing here is heard in one that has none. A
place is a camera, one of its zones, a room or a floor; what is none of them is not understood.
"""

import re
from collections.abc import Iterator, Mapping

from intents.home import Home, View, called
from intents.phrasing.making import NATURAL, Wishes
from intents.phrasing.moments import moment
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.wishes import Slot, Wish

_BODY = r"(?:any ?one|any ?body|some ?one|some ?body|a person|any ?people|people|a (?:man|woman))"
_PET = r"(?:the |a |any |my |our )?(?P<pet>person|people|dog|cat|car|vehicle|bicycle|bike)s?"
_AT = r"(?: (?P<rest>.+))?"
_PARCEL = r"(?:a |an |the |my |our |any |that )*(?:parcel|package|delivery|mail|post|letter)s?"
_THERE = r"(?: there| here| out there)?"

_QUESTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(f"^(?:{pattern})$"))
    for intent, pattern in (
        (
            "HubThing",
            (
                rf"(?:did|has|is|was|were|have) {_PARCEL} (?:come|arrive|arrived|here|there|"
                rf"been delivered|delivered|been left|left|get here|turn up){_AT}"
            ),
        ),
        ("HubThing", rf"(?:is|are|was|were) there (?:still )?{_PARCEL}{_AT}"),
        (
            "HubThing",
            (
                rf"(?:did|has) (?:any ?one|some ?one|some ?body|they) (?:leave|left|deliver|"
                rf"delivered|drop off|dropped off) (?:{_PARCEL}|something|anything){_AT}"
            ),
        ),
        (
            "HubLastSeen",
            (
                rf"(?:did|has|was) {_BODY} (?:come|been|stop by|stopped by|pass by|was|go|"
                rf"gone|come by|there|here|ring|walk by|walked by){_AT}"
            ),
        ),
        (
            "HubLastSeen",
            (
                rf"when (?:did|was) (?:you (?:last )?see )?{_BODY}(?: last)?"
                rf"(?: seen| there| here)?{_AT}"
            ),
        ),
        ("HubIsAnyone", rf"(?:is|are) there {_BODY}{_THERE}{_AT}"),
        ("HubIsAnyone", rf"(?:is|are) (?:there )?{_BODY}{_THERE}{_AT}"),
        ("HubIsAnyone", rf"(?:do|can|did) you see {_BODY}{_AT}"),
        ("HubIsAnyone", rf"(?:do|can) you see {_PET}{_AT}"),
        ("HubIsAnyone", rf"(?:is|are) there {_PET}{_THERE} (?P<rest>.+)"),
        ("HubIsAnyone", r"(?:is|are) (?:the |a |my |our )?(?P<pet>dog|cat|car)s? (?P<rest>.+)"),
        ("HubWho", rf"who is(?: there| that)?{_AT}"),
        ("HubWho", rf"(?:who|whom) (?:do|can) you see{_AT}"),
        (
            "HubHowMany",
            (
                r"how many (?P<pet>people|persons|person|dog|cat|car|vehicle|bicycle|bike)s?"
                r"(?: are| do you see| can you see)?(?: there)?(?P<there> .+)?"
            ),
        ),
        ("HubWhere", r"where is (?:the |my |our )(?P<pet>dog|cat|car)"),
        ("HubLook", rf"what (?:do|can) you see(?: right now| now)?{_AT}"),
        ("HubLook", r"what (?:does|can) the (?P<camera>.+?) ?camera see"),
        ("HubLook", rf"what is (?:happening|going on){_AT}"),
    )
)
_CAMERAS = re.compile(
    r"^(?:(?:turn|switch|shut|put) (?P<first>on|off|back on) |(?P<plain>close|open|disable|enable|"
    r"stop|start|pause|resume) )?(?:turn |switch )?(?:all |all of |both )?(?:the |our |your |my )*"
    r"(?:(?P<which>.+?) )?cameras?(?: (?P<last>on|off|back on))?$"
)
_WATCHING = re.compile(
    r"^(?P<verb>stop|start|do not|keep|resume) (?:watching|watch|looking at|look at|filming)"
    r"(?: (?P<which>.+))?$"
)
_EYES = re.compile(r"^(?P<verb>close|shut|open) your eyes$")
_STATE = re.compile(
    r"^(?:is|are) (?:the |all |all the |your |our )*(?:(?P<which>.+?) )?cameras? "
    r"(?:still )?(?:on|off|working|watching|online|offline|running|blind|ok|okay|open|closed)$"
)
_SEEN_STATE = re.compile(r"^(?:is|are) the (?P<name>.+?) (?P<state>[a-z]+)$")
_LEAVING = re.compile(
    r" (?:until|till|while) (?:we|i|everyone|everybody|all) (?:leave|leaves|go out|are gone|"
    r"am gone|is gone|have left|has left|go away|are out)$"
)
_SPAN = re.compile(r" (?:for|until|till) .+$")
_ON = frozenset({"on", "back on", "open", "enable", "start", "resume", "keep"})
_LABELS = {"people": "person", "persons": "person", "vehicle": "car", "bike": "bicycle"}
_PREPOSITION = re.compile(
    r"^(?:in|at|on|by|near|inside|outside|around|to|through|from|before|in front of)?\s*"
    r"(?:the |my |our )?(?P<place>.+?)(?: (?:today|right now|now|at the moment|yet|currently))?$"
)
_NOTHING = frozenset({"", "there", "here", "now", "right now", "today", "yet", "at the moment"})


def seen(said: tuple[str, ...], home: Home) -> Wishes:
    """Who is where: asked before any template, which would ask Home Assistant's people."""
    found = _asked(" ".join(said).strip(" ?.,!"), home) if home.views else None
    return found if found and all(_is_shown(wish, home) for wish in found) else None


_SENSORS = ("occupancy", "motion", "presence")


def _is_shown(wish: Wish, home: Home) -> bool:
    """By a camera, or by nothing at all: then that is said."""
    slots = wish.slots
    if "area" in slots:
        areas = {area.id for area in home.areas if area.name == slots["area"]}
    elif "floor" in slots:
        floors = {floor.id for floor in home.floors if floor.name == slots["floor"]}
        areas = {area.id for area in home.areas if area.floor in floors}
    else:
        return True
    return any(view.area in areas for view in home.views) or not any(
        each.area in areas and each.device_class in _SENSORS for each in home.entities
    )


def looked(clause: Clause, places: Places) -> Wishes:
    home = places.home
    if not home.views:
        return None
    said = " ".join(clause.tokens).strip(" ?.,!")
    return _closed(said, clause, home) or _asked(said, home) or _stated(said, home)


def _asked(said: str, home: Home) -> Wishes:
    for intent, pattern in _QUESTIONS:
        found = pattern.match(said)
        if found is None:
            continue
        groups = found.groupdict()
        place = _placed(groups.get("rest") or groups.get("there") or groups.get("camera"), home)
        if place is None:
            continue
        label = _label(groups.get("pet"))
        slots = {**place, **({"label": label} if label and intent in _WITH_LABEL else {})}
        return (Wish(intent, slots, NATURAL),)
    return None


_WITH_LABEL = ("HubIsAnyone", "HubHowMany", "HubWhere")


def _label(said: str | None) -> str | None:
    return _LABELS.get(said, said) if said else None


def _stated(said: str, home: Home) -> Wishes:
    """What a second look tells: "is the garage door open", where nothing else knows."""
    if found := _STATE.match(said):
        which = _camera(found["which"], home) if found["which"] else {}
        return (Wish("HubCameraState", which, NATURAL),) if which is not None else None
    found = _SEEN_STATE.match(said)
    if found is None:
        return None
    for view in home.views:
        if found["name"] in view.states:
            slots: dict[str, Slot] = {"view": view.name, "look": found["name"]}
            return (Wish("HubViewState", slots, NATURAL),)
    return None


def _closed(said: str, clause: Clause, home: Home) -> Wishes:
    left = _LEAVING.search(said)
    span = None if left else _SPAN.search(said)
    cut = left or span
    bare = said[: cut.start()] if cut else said
    wanted = _which(bare.removesuffix(" please").removeprefix("please ").strip(), clause, home)
    if wanted is None:
        return None
    state, which = wanted
    when: dict[str, Slot] = {"until": "left"} if left else {}
    if span:
        when = dict(moment(clause, bare=True, usual=True).slots)
        if not when or state == "on":
            return None
    return (Wish("HubCameras", {"state": state, **which, **when}, NATURAL),)


def _which(said: str, clause: Clause, home: Home) -> tuple[str, Mapping[str, Slot]] | None:
    if found := _EYES.match(said):
        return ("on" if found["verb"] == "open" else "off"), {}
    if found := _WATCHING.match(said):
        which = _placed(found["which"], home)
        return None if which is None else ("on" if found["verb"] in _ON else "off", which)
    found = _CAMERAS.match(said)
    if found is None or any(span.things for span in clause.spans):
        return None  # a camera that the home itself switches
    deed = found["first"] or found["last"] or found["plain"]
    which = _camera(found["which"], home) if found["which"] else {}
    return None if deed is None or which is None else ("on" if deed in _ON else "off", which)


def _camera(said: str, home: Home) -> Mapping[str, Slot] | None:
    """A camera by its name, or those of a room."""
    return _placed(said, home, cameras=True)


def _placed(said: str | None, home: Home, *, cameras: bool = False) -> Mapping[str, Slot] | None:
    """Slots of a place; none where none was said, None where it is none of this home's."""
    text = (said or "").strip()
    if text in _NOTHING:
        return {}
    found = _PREPOSITION.match(text)
    names = (text, found["place"]) if found else (text,)
    for name in names:
        for slots in _named(name, home, cameras=cameras):
            return slots
    return None


def _named(name: str, home: Home, *, cameras: bool) -> Iterator[dict[str, Slot]]:
    """A zone, a room, a camera, a floor; where a camera is spoken of, that before all."""
    camera = next((v.name for v in home.views if v.is_camera and _is_called(v, name)), None)
    if cameras and camera is not None:
        yield {"view": camera}
    for view in home.views:
        if not view.is_camera and called(view, name):
            yield {"view": view.name}
    for area in home.areas:
        if called(area, name):
            yield {"area": area.name}
    if camera is not None:
        yield {"view": camera}
    for floor in home.floors:
        if called(floor, name) or name in _floor_words(floor.name):
            yield {"floor": floor.name}


def _is_called(view: View, name: str) -> bool:
    return called(view, name) or (view.is_camera and called(view, name.removesuffix(" camera")))


_UP, _DOWN = ("first", "upper", "upstairs", "second"), ("ground", "lower", "downstairs", "main")


def _floor_words(floor: str) -> tuple[str, ...]:
    words = floor.casefold().split()
    if any(word in _UP for word in words):
        return ("upstairs",)
    return ("downstairs",) if any(word in _DOWN for word in words) else ()
