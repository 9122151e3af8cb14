"""What is said of timers: set, changed, asked for, rung, in home-assistant-intents' words."""

from dataclasses import dataclass
from datetime import datetime

from hub.phrases import phrase
from hub.timers import SeveralTimers, Timer, TimerNotFound, Timers, length
from hub.turn import Action, Outcome
from intents.answers import Answers
from intents.home import TimerStatus, round_left
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


@dataclass
class Timekeeper:
    answers: Answers
    timers: Timers
    language: str = "en"

    def take(self, wish: Wish, area: str | None, now: datetime, at: float) -> Outcome:
        """Grant a wish about timers. `area`: name of the room; `at`: now, on the timers' clock."""
        try:
            meant = self._do(wish, area, at)
        except TimerNotFound:
            return self._failed(wish, self.answers.error("timer_not_found"))
        except SeveralTimers:
            return self._failed(wish, self.answers.error("multiple_timers_matched"))
        except ValueError:
            return self._failed(wish, phrase("no_length", self.language))
        known = Facts(now=now, timers=tuple(status(timer, at) for timer in meant))
        names = tuple(timer.name for timer in meant if timer.name)
        if wish.intent == "HassTimerStatus":
            return Outcome(self.answers.reply(wish, known))
        return Outcome(self.answers.reply(wish, known), (Action(wish.intent, names, "done"),))

    def rings(self, timer: Timer) -> str:
        """What is said when it has run out."""
        key = "timer_named_done" if timer.name else "timer_done"
        return phrase(key, self.language, timer.name or "")

    def _do(self, wish: Wish, area: str | None, at: float) -> tuple[Timer, ...]:
        """The timers that it was about."""
        slots, timers = wish.slots, self.timers
        match wish.intent:
            case "HassStartTimer":
                return (timers.start(slots, area, at),)
            case "HassTimerStatus":
                return tuple(timers.matching(slots))
            case "HassCancelAllTimers":
                return timers.cancel_all(str(slots["area"]) if "area" in slots else None)
        found = timers.find(slots, area)
        match wish.intent:
            case "HassCancelTimer":
                timers.cancel(found)
            case "HassIncreaseTimer":
                timers.add(found, length(slots), at)
            case "HassDecreaseTimer":
                timers.add(found, -length(slots), at)
            case "HassPauseTimer":
                timers.pause(found, at)
            case "HassUnpauseTimer":
                timers.resume(found, at)
        return (found,)

    def _failed(self, wish: Wish, reply: str) -> Outcome:
        return Outcome(reply, (Action(wish.intent, (), "failed"),))


def status(timer: Timer, at: float) -> TimerStatus:
    """A timer as answers speak of it."""
    left = round(timer.remaining(at))
    hours, minutes, seconds = round_left(left)
    whole = round(timer.length)
    return TimerStatus(
        is_active=timer.is_active,
        name=timer.name or "",
        area=timer.area or "",
        start_hours=whole // 3600,
        start_minutes=whole // 60 % 60,
        start_seconds=whole % 60,
        total_seconds_left=left,
        rounded_hours_left=hours,
        rounded_minutes_left=minutes,
        rounded_seconds_left=seconds,
    )
