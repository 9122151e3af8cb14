"""Wishes about timers, granted in home-assistant-intents' words. Pure."""

from datetime import datetime

from hub.timekeeping import timers
from hub.timekeeping.agenda import Agenda, Entry
from hub.timekeeping.schedule import cancelled, stopped
from hub.timekeeping.timers import TimerNotFound, length, status
from hub.turn import Action, Outcome
from intents.answers import Answers
from intents.questions import Facts
from intents.wishes import Wish

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
            return cancelled(_silent(agenda), *gone), gone
    try:
        found = timers.find(agenda, slots, area)
    except TimerNotFound:
        if wish.intent == "HassCancelTimer" and agenda.ringing:
            return _silent(agenda), ()
        raise
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


def _silent(agenda: Agenda) -> Agenda:
    """Who cancels a timer that rings wants it quiet."""
    return stopped(agenda) if any(ring.kind == "timer" for ring in agenda.ringing) else agenda
