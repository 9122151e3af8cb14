"""The timekeeper: grants wishes about time, tells what is due, and keeps it all in its store."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from hub.phrases import phrase
from hub.timekeeping.agenda import Agenda
from hub.timekeeping.announcements import Due, announcement
from hub.timekeeping.declined import Declined
from hub.timekeeping.kitchen import TIMER_INTENTS, grant_timer
from hub.timekeeping.later import LATER_INTENTS, Request, grant_later
from hub.timekeeping.occurrences import zone_of
from hub.timekeeping.schedule import quiet_until, stopped, tick, told, woken
from hub.timekeeping.store import Memory, NotKept, Store
from hub.timekeeping.summary import Quiet, Summary, summary
from hub.timekeeping.sun import Place
from hub.timekeeping.timers import SeveralTimers, TimerNotFound
from hub.turn import Action, Outcome
from intents.answers import Answers
from intents.wishes import Wish

TIME_INTENTS = TIMER_INTENTS | LATER_INTENTS


@dataclass
class Timekeeper:
    """`now` is always local time, with its zone. `place`: where the house stands, if known."""

    answers: Answers
    language: str = "en"
    store: Store = field(default_factory=Memory)
    place: Callable[[], Place | None] = lambda: None
    report: Callable[[str], None] = lambda _: None
    _agenda: Agenda = field(init=False)
    _quiet: Quiet = field(default=Quiet(), init=False)
    _told: tuple[Agenda, tzinfo, Summary] | None = field(default=None, init=False)
    _is_kept: bool = field(default=True, init=False)

    def __post_init__(self) -> None:
        self._agenda = woken(self.store.load())

    def take(self, wish: Wish, area: str | None, now: datetime) -> Outcome:
        """Grant a wish whose intent is one of TIME_INTENTS. `area`: name of the room."""
        try:
            agenda, outcome = self._granted(wish, area, now)
            self.store.save(agenda)
        except TimerNotFound:
            return _failed(wish, self.answers.error("timer_not_found"))
        except SeveralTimers:
            return _failed(wish, self.answers.error("multiple_timers_matched"))
        except Declined as why:
            return _failed(wish, phrase(why.key, self.language, **why.values))
        except NotKept:
            return _failed(wish, phrase("not_kept", self.language))
        self._agenda = agenda
        return outcome

    @property
    def agenda(self) -> Agenda:
        """All that is kept, with its words: for their owner alone."""
        return self._agenda

    def due(self, now: datetime) -> tuple[Due, ...]:
        """What is to be told and then done now; call `told` for each when that is over.

        Costs next to nothing while nothing is: it may be called many times a second.
        """
        seconds, zone = now.timestamp(), zone_of(now)
        if self._quiet.holds(self._agenda, seconds, zone):
            return ()
        agenda, soundings = tick(self._agenda, seconds, zone)
        if agenda is not self._agenda:
            self._keep(agenda)
        self._quiet = Quiet(agenda, zone, seconds, quiet_until(agenda, zone))
        soundings.sort(key=lambda each: each.ring.kind == "command")
        return tuple(announcement(each, now, self.language) for each in soundings)

    def told(self, due: Due) -> None:
        self._keep(told(self._agenda, due.ring))

    def stop(self) -> Outcome | None:
        """Silence what rings; None where nothing does."""
        if not self._agenda.ringing:
            return None
        self._keep(stopped(self._agenda))
        return Outcome(phrase("stopped", self.language), (Action("HubStop", (), "done"),))

    def summary(self, now: datetime) -> Summary:
        zone = zone_of(now)
        if self._told is None or self._told[0] is not self._agenda or self._told[1] is not zone:
            self._told = (self._agenda, zone, summary(self._agenda, zone))
        return self._told[2]

    def close(self) -> None:
        self.store.close()

    def _granted(self, wish: Wish, area: str | None, now: datetime) -> tuple[Agenda, Outcome]:
        if wish.intent in TIMER_INTENTS:
            return grant_timer(self._agenda, wish, area, now, self.answers)
        asked = Request(wish, area, now, self.language, self.place())
        return grant_later(self._agenda, asked)

    def _keep(self, agenda: Agenda) -> None:
        """What is due rings, whether or not it can be written that it did."""
        self._agenda = agenda
        try:
            self.store.save(agenda)
            self._is_kept = True
        except NotKept as why:
            if self._is_kept:
                self.report(str(why))
            self._is_kept = False


def _failed(wish: Wish, reply: str) -> Outcome:
    return Outcome(reply, (Action(wish.intent, (), "failed"),))
