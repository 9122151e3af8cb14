"""Wishes about alarms, reminders and commands for later, granted. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from msgspec.structs import replace

from hub.phrases import phrase
from hub.timekeeping import timers
from hub.timekeeping.agenda import After, Agenda, Entry, Kind, Rule
from hub.timekeeping.choosing import fitting, skips
from hub.timekeeping.declined import Declined
from hub.timekeeping.moving import moved, which
from hub.timekeeping.occurrences import due, local, zone_of
from hub.timekeeping.rules import rule, sun_rule
from hub.timekeeping.schedule import cancelled, snoozed
from hub.timekeeping.speech import length, listed, once, say, when
from hub.timekeeping.sun import Place
from hub.turn import Action, Outcome
from intents.wishes import Slots, Wish

SNOOZE = 9 * 60.0
"""Seconds, where nothing else was said."""
_TEXT: Mapping[Kind, str] = {
    "alarm": "name",
    "reminder": "message",
    "command": "conversation_command",
}
_INTENTS: Mapping[str, tuple[str, Kind]] = {
    "HubSetAlarm": ("set", "alarm"),
    "HubCancelAlarm": ("cancel", "alarm"),
    "HubMoveAlarm": ("move", "alarm"),
    "HubAlarmStatus": ("tell", "alarm"),
    "HubSetReminder": ("set", "reminder"),
    "HubCancelReminder": ("cancel", "reminder"),
    "HubReminderStatus": ("tell", "reminder"),
    "HubSchedule": ("set", "command"),
    "HubCancelSchedule": ("cancel", "command"),
    "HubScheduleStatus": ("tell", "command"),
    "HubSnooze": ("snooze", "alarm"),
}
LATER_INTENTS = frozenset(_INTENTS)


@dataclass(frozen=True, slots=True)
class Request:
    """A wish as it was made: in the room `area`, at `now`. `place`: where the house stands."""

    wish: Wish
    area: str | None
    now: datetime
    language: str
    place: Place | None

    @property
    def kind(self) -> Kind:
        return _INTENTS[self.wish.intent][1]

    @property
    def slots(self) -> Slots:
        return self.wish.slots

    @property
    def zone(self) -> tzinfo:
        return zone_of(self.now)

    def moment(self, entry: Entry) -> datetime:
        return local(due(entry, self.zone) or self.now.timestamp(), self.zone)

    def when(self, entry: Entry) -> str:
        return when(entry.rule, self.moment(entry), self.now, self.language)

    def say(self, key: str, variant: str = "", **values: str) -> str:
        return say(f"{self.kind}_{key}", variant, self.language, **values)

    def done(self, reply: str, *entries: Entry) -> Outcome:
        names = tuple(e.text for e in entries if e.kind == "alarm" and e.text)
        return Outcome(reply[:1].upper() + reply[1:], (Action(self.wish.intent, names, "done"),))


def grant_later(agenda: Agenda, asked: Request) -> tuple[Agenda, Outcome]:
    """Raises Declined."""
    match _INTENTS[asked.wish.intent][0]:
        case "set":
            return _set(agenda, asked)
        case "cancel":
            return _cancel(agenda, asked)
        case "move":
            return _move(agenda, asked)
        case "snooze":
            return _snooze(agenda, asked)
        case _:
            return agenda, Outcome(_told(agenda, asked))


def _set(agenda: Agenda, asked: Request) -> tuple[Agenda, Outcome]:
    text = str(asked.slots.get(_TEXT[asked.kind], ""))
    if not text and asked.kind != "alarm":
        raise Declined("no_message")
    entry = Entry(
        id=agenda.last + 1,
        kind=asked.kind,
        rule=_rule(agenda, asked),
        since=asked.now.timestamp(),
        text=text,
        area=asked.area,
    )
    return timers.with_room(agenda).put(entry), asked.done(_confirmed(entry, asked), entry)


def _rule(agenda: Agenda, asked: Request) -> Rule:
    match asked.slots.get("event"):
        case "timer":
            return After(_soonest(agenda, asked).id)
        case "sunset" | "sunrise" as event:
            if asked.place is None:
                raise Declined("no_place")
            return sun_rule(asked.slots, event, asked.place, asked.now)
        case _:
            return rule(asked.slots, asked.kind, asked.now)


def _soonest(agenda: Agenda, asked: Request) -> Entry:
    """The timer of this room that ends next, else of the house. Raises TimerNotFound."""
    found = agenda.of("timer")
    here = tuple(timer for timer in found if timer.area == asked.area)
    if not found:
        raise timers.TimerNotFound
    now = asked.now.timestamp()
    return min(here or found, key=lambda timer: timers.remaining(timer, now))


def _confirmed(entry: Entry, asked: Request) -> str:
    if isinstance(entry.rule, After):
        return asked.say("set", "timer")
    said = asked.when(entry)
    variant, values = ("named" if entry.text else ""), {"name": entry.text, "when": said}
    if entry.kind == "command" and (seconds := timers.length(asked.slots)):
        variant, values = "in", {"length": length(seconds, asked.language, "apart")}
    elif "event" in asked.slots and "repeat" not in asked.slots:
        event = phrase(str(asked.slots["event"]), asked.language)
        variant, values = "sun", {"event": event, "when": said}
    return asked.say("set", variant, **values)


def _cancel(agenda: Agenda, asked: Request) -> tuple[Agenda, Outcome]:
    found = fitting(agenda, asked.kind, asked.slots, asked.now)
    rings = tuple(ring for ring in agenda.ringing if ring.kind == asked.kind)
    if rings and not asked.slots:
        return agenda.drop(*rings), asked.done(phrase("stopped", asked.language))
    if len(found) > 1 and "all" in asked.slots:
        reply = asked.say("cancelled", "all", count=str(len(found)))
        return cancelled(agenda, *rings, *found), asked.done(reply, *found)
    return _cancel_one(agenda, _the_one(found, asked), asked)


def _the_one(found: tuple[Entry, ...], asked: Request) -> Entry:
    """Of commands the last: "cancel that". Raises Declined."""
    if not found:
        raise Declined(f"{asked.kind}_none")
    if len(found) > 1 and asked.kind != "command":
        raise Declined("several", list=_list(found, asked))
    return found[-1]


def _cancel_one(agenda: Agenda, entry: Entry, asked: Request) -> tuple[Agenda, Outcome]:
    values = {"name": entry.text, "when": asked.when(entry)}
    if (day := skips(entry, asked.slots, asked.now)) is not None:
        values["when"] = once(asked.moment(entry), asked.now, asked.language)
        return agenda.put(replace(entry, skipped=day)), asked.done(asked.say("skipped", **values))
    return cancelled(agenda, entry), asked.done(asked.say("cancelled", **values), entry)


def _move(agenda: Agenda, asked: Request) -> tuple[Agenda, Outcome]:
    found = fitting(agenda, asked.kind, which(asked.slots), asked.now)
    agenda, entry = moved(agenda, _the_one(found, asked), asked.slots, asked.now)
    said = asked.say("moved", name=entry.text, when=asked.when(entry))
    return agenda, asked.done(said, entry)


def _snooze(agenda: Agenda, asked: Request) -> tuple[Agenda, Outcome]:
    if not agenda.ringing:
        raise Declined("nothing_rings")
    seconds = float(asked.slots.get("minutes", 0)) * 60 or SNOOZE
    reply = phrase("snoozed", asked.language, length=length(seconds, asked.language, "apart"))
    return snoozed(agenda, asked.now.timestamp(), seconds), asked.done(reply)


def _told(agenda: Agenda, asked: Request) -> str:
    found = fitting(agenda, asked.kind, asked.slots, asked.now)
    if not found:
        return asked.say("none")
    return asked.say("one" if len(found) == 1 else "list", list=_list(found, asked))


def _list(found: tuple[Entry, ...], asked: Request) -> str:
    """The next first."""
    ordered = sorted(found, key=lambda entry: due(entry, asked.zone) or 0.0)
    return listed(tuple(_named(entry, asked) for entry in ordered), asked.language)


def _named(entry: Entry, asked: Request) -> str:
    variant = "timer" if isinstance(entry.rule, After) else "named" if entry.text else ""
    return asked.say("item", variant, name=entry.text, when=asked.when(entry))
