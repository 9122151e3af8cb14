"""What falls due, rings again, is stopped or snoozed: state and now in, state and what is due out.

Pure. What is due is in the new state before anybody is told (`tick`), and leaves it, or is known
to be told, after that (`told`). A hub that is killed in between tells it again when it is back
(`woken`), but a command that may have been done is not done again.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from msgspec.structs import replace

from hub.timekeeping.agenda import After, Agenda, Entry, Every, EverySun, Item, Kind, Ring
from hub.timekeeping.occurrences import due, last_due, set_right

TOO_LATE = 3_600.0
"""Seconds after which a command is not done any more, and an alarm only told once."""
LONGEST_SNOOZE = 600 * 60.0
_EVERY: Mapping[Kind, float] = {"timer": 20.0, "alarm": 20.0, "reminder": 60.0}
"""Seconds between two soundings."""
_LONGEST: Mapping[Kind, float] = {"timer": 600.0, "alarm": 600.0, "reminder": 120.0}
"""Seconds after which it is over though nobody has stopped it."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """`again`: it has sounded before and goes on."""

    ring: Ring
    again: bool = False


def woken(agenda: Agenda) -> Agenda:
    """As a new process finds it: what nobody may have heard of begins anew."""
    for ring in agenda.rings:
        if ring.began is None or (ring.told and ring.kind != "command"):
            continue
        agenda = agenda.put(replace(ring, began=None, sounds=ring.due, told=ring.kind == "command"))
    return agenda


def tick(agenda: Agenda, now: float, zone: tzinfo) -> tuple[Agenda, list[Sounding]]:
    """Let `now` be: anything may have happened to the clock since it was last called."""
    for entry in agenda.entries:
        right = set_right(entry, now, zone)
        agenda = _pass(agenda if right is entry else agenda.put(right), right, now, zone)
    soundings: list[Sounding] = []
    for ring in agenda.rings:
        following, sounding = _sound(ring, now)
        if following is None:
            agenda = agenda.drop(ring)
        elif following != ring:
            agenda = agenda.put(following)
        if sounding is not None:
            soundings.append(sounding)
    return agenda, soundings


def quiet_until(agenda: Agenda, zone: tzinfo) -> float:
    """Nothing happens before that moment, if the clock only goes on."""
    entries = (due(entry, zone) for entry in agenda.entries)
    rings = (ring.sounds for ring in agenda.rings if ring.began is None or ring.kind != "command")
    ends = (ring.began + _LONGEST[ring.kind] for ring in agenda.ringing if ring.began is not None)
    moments = (*(moment for moment in entries if moment is not None), *rings, *ends)
    return min(moments, default=math.inf)


def told(agenda: Agenda, ring: Ring) -> Agenda:
    """It was said, or done."""
    known = next((each for each in agenda.rings if each.id == ring.id), None)
    if known is None:  # stopped meanwhile
        return agenda
    if known.kind == "command" or _is_too_late(known):
        return agenda.drop(known)
    return agenda.put(replace(known, told=True))


def stopped(agenda: Agenda) -> Agenda:
    return agenda.drop(*agenda.ringing)


def snoozed(agenda: Agenda, now: float, seconds: float) -> Agenda:
    for ring in agenda.ringing:
        until = now + seconds
        agenda = agenda.put(replace(ring, due=until, sounds=until, began=None, told=False))
    return agenda


def cancelled(agenda: Agenda, *gone: Item) -> Agenda:
    """What was to be done when a timer rings goes with it."""
    ids = {item.id for item in gone}
    followers = [e for e in agenda.entries if isinstance(e.rule, After) and e.rule.timer in ids]
    return agenda.drop(*gone, *followers)


def _pass(agenda: Agenda, entry: Entry, now: float, zone: tzinfo) -> Agenda:
    when = due(entry, zone)
    if when is None or when > now:
        return agenda
    if not isinstance(entry.rule, Every | EverySun):
        return _fall_due(agenda.drop(entry), entry, when)
    last = last_due(entry, now, zone)
    assert last is not None
    return _fall_due(agenda.put(replace(entry, done=last[1], skipped=None)), entry, last[0])


def _fall_due(agenda: Agenda, entry: Entry, when: float) -> Agenda:
    ring = Ring(
        id=agenda.last + 1,
        kind=entry.kind,
        due=when,
        sounds=when,
        text=entry.text,
        area=entry.area,
        repeats=isinstance(entry.rule, Every | EverySun),
    )
    agenda = agenda.put(ring)
    for follower in agenda.entries:
        if follower.rule == After(entry.id):
            agenda = _fall_due(agenda.drop(follower), follower, when)
    return agenda


def _sound(ring: Ring, now: float) -> tuple[Ring | None, Sounding | None]:
    """The ring as it is from now on, None when it is over; and what sounds now."""
    if ring.began is None:
        if now < ring.sounds <= now + LONGEST_SNOOZE:
            return ring, None
        begun = replace(ring, began=now, sounds=now + _EVERY.get(ring.kind, 0.0))
        return begun, Sounding(begun)
    if ring.kind == "command":
        return ring, None
    ring = replace(ring, began=min(ring.began, now))
    if now - (ring.began or now) >= _LONGEST[ring.kind]:
        return None, None
    every = _EVERY[ring.kind]
    if now < ring.sounds <= now + every:
        return ring, None
    ring = replace(ring, sounds=now + every)
    return ring, Sounding(ring, again=True)


def _is_too_late(ring: Ring) -> bool:
    return ring.began is not None and ring.began - ring.due > TOO_LATE
