"""Wishes about timers, granted in home-assistant-intents' words. Pure."""

from datetime import datetime

from hub.timekeeping import timers
from hub.timekeeping.agenda import Agenda, Entry, Ring
from hub.timekeeping.schedule import cancelled
from hub.timekeeping.timers import length, status
from hub.turn import Action, Outcome
from intents.answers import Answers
from intents.home import same
from intents.questions import Facts
from intents.wishes import Slots, Wish

TIMER_INTENTS = frozenset(
    {
        "HassStartTimer",
        "HassCancelTimer",
        "HassCancelAllTimers",
        "HassIncreaseTimer",
        "HassDecreaseTimer",
        "HassPauseTimer",
        "HassUnpauseTimer",
        "HassTimerStatus",
    }
)


def grant_timer(
    agenda: Agenda, wish: Wish, area: str | None, now: datetime, answers: Answers
) -> tuple[Agenda, Outcome]:
    """Raises TimerNotFound, SeveralTimers, Declined."""
    at = now.timestamp()
    agenda, meant = _do(agenda, wish, area, at)
    known = Facts(now=now, timers=tuple(status(timer, at) for timer in meant))
    reply = answers.reply(wish, known)
    if wish.intent == "HassTimerStatus":
        return agenda, Outcome(reply)
    names = tuple(timer.text for timer in meant if timer.kind == "timer" and timer.text)
    return agenda, Outcome(reply, (Action(wish.intent, names, "done"),))


def _do(
    agenda: Agenda, wish: Wish, area: str | None, now: float
) -> tuple[Agenda, tuple[Entry, ...]]:
    """The timers that it was about."""
    slots = wish.slots
    match wish.intent:
        case "HassStartTimer":
            agenda, started = timers.start(agenda, slots, area, now)
            return agenda, (started,)
        case "HassTimerStatus":
            return agenda, timers.matching(agenda, slots)
        case "HassCancelAllTimers":
            gone = timers.matching(agenda, {k: v for k, v in slots.items() if k == "area"})
            return cancelled(agenda, *gone, *_ringing(agenda, {})), gone
        case "HassCancelTimer" if rings := _ringing(agenda, slots):
            return agenda.drop(*rings), ()
    found = timers.find(agenda, slots, area)
    if wish.intent == "HassCancelTimer":
        return cancelled(agenda, found), (found,)
    return agenda.put(_changed(found, wish, now)), (found,)


def _changed(timer: Entry, wish: Wish, now: float) -> Entry:
    match wish.intent:
        case "HassIncreaseTimer":
            return timers.longer(timer, length(wish.slots), now)
        case "HassDecreaseTimer":
            return timers.longer(timer, -length(wish.slots), now)
        case "HassPauseTimer":
            return timers.paused(timer, now)
        case _:
            return timers.resumed(timer, now)


def _ringing(agenda: Agenda, slots: Slots) -> tuple[Ring, ...]:
    """Who cancels a timer that rings wants it quiet; a length is said of one that runs."""
    rings = (ring for ring in agenda.ringing if ring.kind == "timer")
    name = str(slots.get("name", ""))
    if slots.keys() - {"name"}:
        return ()
    return tuple(ring for ring in rings if not name or same(ring.text, name))
