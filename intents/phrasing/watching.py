"""Closing the cameras and opening them, and whether they are open. Pure; English."""

import re
from collections.abc import Mapping

from intents.home import Home
from intents.phrasing.making import NATURAL, Wishes
from intents.phrasing.moments import moment
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.phrasing.viewed import Viewed
from intents.wishes import Slot, Wish

_ALL = r"(?:(?:all|of|both|the|our|your|my|every|any) )*"
_CAMERAS = re.compile(
    r"^(?:(?:turn|switch|shut|put) (?P<first>on|off|back on) |(?P<plain>close|open|disable|enable|"
    rf"stop|start|pause|resume) )?(?:turn |switch )?{_ALL}"
    r"(?:(?P<which>.+?) )?cameras?(?: (?P<at>.+?))??(?: (?P<last>on|off|back on))?$"
)
_WATCHING = re.compile(
    r"^(?P<verb>stop|start|do not|keep|resume) (?:watching|watch|looking at|look at|looking|"
    r"filming|recording)(?: (?P<us>me|us)| (?P<which>.+))?$"
)
_EYES = re.compile(r"^(?P<verb>close|shut|open) your eyes$")
_STATE = re.compile(
    rf"^(?:is|are) {_ALL}(?:(?P<which>.+?) )?cameras?(?: (?P<at>.+?))?? "
    r"(?:still )?(?:on|off|working|watching|online|offline|running|blind|ok|okay|open|closed)$"
)
_SEEN_STATE = re.compile(r"^(?:is|are) the (?P<name>.+?) (?P<state>[a-z]+)$")
_LEAVING = re.compile(
    r" (?:until|till|while) (?:we|i|everyone|everybody|all) (?:leave|leaves|go out|are gone|"
    r"am gone|is gone|have left|has left|go away|are out)$"
)
_SPAN = re.compile(r" (?:for|until|till) .+$")
_LEADING_SPAN = re.compile(
    r"^(?P<span>(?:for|until|till) .+?),? (?=(?:turn|switch|shut|put|close|disable|stop|pause) )"
)
_ASKING = re.compile(
    r"^(?:please |just |(?:can|could|would|will) you (?:please )?|i (?:want|need) you to |"
    r"i would like you to )+"
)
_TAIL = re.compile(r"(?: please| now| right now| for me| thank you| thanks)+$")
_ON = frozenset({"on", "back on", "open", "enable", "start", "resume", "keep"})
Which = tuple[str, Mapping[str, Slot]]
"""on or off, and the slots of a place."""


def closed(said: str, clause: Clause, places: Places) -> Wishes:
    """For a time, until everybody has left, or until it is said otherwise."""
    said = _ASKING.sub("", _TAIL.sub("", said))
    if lead := _LEADING_SPAN.match(said):
        said = f"{said[lead.end() :]} {lead['span']}"
    left = _LEAVING.search(said)
    span = None if left else _SPAN.search(said)
    cut = left or span
    wanted = _wanted(said[: cut.start()] if cut else said, clause, places)
    if wanted is None:
        return None
    state, which = wanted
    when: dict[str, Slot] = {"until": "left"} if left else {}
    if span:
        when = dict(moment(clause, bare=True, usual=True).slots)
    if cut and (not when or state == "on"):
        return None
    return (Wish("HubCameras", {"state": state, **which, **when}, NATURAL),)


def _wanted(said: str, clause: Clause, places: Places) -> Which | None:
    viewed = Viewed(places.home)
    if found := _EYES.match(said):
        return ("on" if found["verb"] == "open" else "off"), {}
    if found := _WATCHING.match(said):
        which = _here(places) if found["us"] else viewed.place(found["which"])
        state = "on" if found["verb"] in _ON else "off"
        talk = state == "on" and not found["which"]  # "keep looking": opens nothing
        return None if which is None or talk or "place" in which else (state, which)
    found = _CAMERAS.match(said)
    if found is None or any(span.things for span in clause.spans):
        return None  # a camera that the home itself switches
    deed = found["first"] or found["last"] or found["plain"]
    which = _which(found, viewed)
    return None if deed is None or which is None else ("on" if deed in _ON else "off", which)


def _which(found: re.Match[str], viewed: Viewed) -> Mapping[str, Slot] | None:
    """By what stands before the word, or behind it; not both."""
    if found["which"] and found["at"]:
        return None
    several = bool(found["at"]) or "cameras" in found[0]
    return viewed.cameras(found["which"] or found["at"], several=several)


def _here(places: Places) -> Mapping[str, Slot]:
    """The cameras of the room one is in; all where it has none, or is not known: better too many
    than one that watches on.
    """
    here = places.here
    shown = here is not None and any(view.area == here.id for view in places.home.views)
    return {"area": here.name} if here is not None and shown else {}


def told(said: str, home: Home) -> Wishes:
    """How the cameras are; and what a second look tells ("is the garage door open"), where nothing
    else knows.
    """
    if found := _STATE.match(said):
        which = _which(found, Viewed(home))
        return (Wish("HubCameraState", which, NATURAL),) if which is not None else None
    found = _SEEN_STATE.match(said)
    if found is None:
        return None
    for view in home.views:
        if found["name"] in view.states:
            slots: dict[str, Slot] = {"view": view.name, "look": found["name"]}
            return (Wish("HubViewState", slots, NATURAL),)
    return None
