"""Wishes about the cameras: what they see is told, and they are closed and opened."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hub.asker import Asker
from hub.phrases import phrase
from hub.sight.answers import QUESTIONS, Answers
from hub.sight.closing import By
from hub.sight.guests import guests, is_private
from hub.sight.lane import Eyes, anybody_home
from hub.sight.views import views_of
from hub.timekeeping.agenda import Entry
from hub.timekeeping.declined import Declined
from hub.timekeeping.occurrences import due, zone_of
from hub.timekeeping.rules import rule
from hub.timekeeping.speech import listed
from hub.turn import Action, Outcome
from intents.home import Home
from intents.wishes import Wish

INTENTS = QUESTIONS | {"HubCameras"}
_BY: dict[str, By] = {
    "voice": "voice",
    "timer": "voice",
    "typed": "machine",
    "page": "page",
    "mqtt": "mqtt",
    "wyoming": "mqtt",
}


@dataclass(frozen=True, slots=True)
class Looking:
    """`clock`: as that of the scene; `guest_aware`: private things are not said before guests."""

    eyes: Eyes
    language: str
    guest_aware: bool = False
    clock: Callable[[], float] = time.monotonic

    def withholds(self, wish: Wish, home: Home, asker: Asker) -> bool:
        """Whether the answer is not for the ears of those who are, or may be, in the room."""
        if not self.guest_aware or asker.way != "voice" or not is_private(wish, home):
            return False
        return guests(self.eyes.sight.scene, home, asker.area, self.clock())

    def grant(self, wish: Wish, home: Home, asker: Asker, now: datetime) -> Outcome:
        """`now`: local time."""
        answers = Answers(self.eyes.sight.scene, home, self.language, self.clock(), now)
        if wish.intent in QUESTIONS:
            return Outcome(answers.answer(wish))
        views = views_of(wish, home)
        keys = tuple(dict.fromkeys(view.camera for view in views))
        if not keys:
            return self._failed(wish, "see_no_camera")
        if wish.slots.get("state") == "on":
            return self._open(wish, keys, _BY[asker.way], home)
        return self._close(wish, keys, _BY[asker.way], home, answers)

    def _open(self, wish: Wish, keys: tuple[str, ...], by: By, home: Home) -> Outcome:
        stay = self.eyes.open(keys, by)
        opened = tuple(key for key in keys if key not in stay)
        said = [self._say("cameras_on", self._names(opened, home))] if opened else []
        said += [self._say("cameras_stay", self._names(stay, home))] if stay else []
        return Outcome(" ".join(said), self._action(wish, opened or stay, home, done=bool(opened)))

    def _close(
        self, wish: Wish, keys: tuple[str, ...], by: By, home: Home, answers: Answers
    ) -> Outcome:
        names = self._names(keys, home)
        if "until" in wish.slots:
            if anybody_home(home) is None:
                return self._failed(wish, "cameras_nobody_known")
            self.eyes.close(keys, by, until_left=True)
            return Outcome(self._say("cameras_off_left", names), self._action(wish, keys, home))
        try:
            until = _until(wish, answers.time)
        except Declined:
            return self._failed(wish, "cameras_when")
        self.eyes.close(keys, by, until)
        if until is None:
            return Outcome(self._say("cameras_off", names), self._action(wish, keys, home))
        said = phrase("cameras_off_until", self.language, names, time=answers.until(until))
        return Outcome(said, self._action(wish, keys, home))

    def _action(
        self, wish: Wish, keys: tuple[str, ...], home: Home, *, done: bool = True
    ) -> tuple[Action, ...]:
        names = tuple(view.name for view in home.views if view.id in keys)
        return (Action(wish.intent, names, "done" if done else "refused"),)

    def _failed(self, wish: Wish, key: str) -> Outcome:
        return Outcome(self._say(key), (Action(wish.intent, (), "failed"),))

    def _names(self, keys: tuple[str, ...], home: Home) -> str:
        names = tuple(view.name for view in home.views if view.id in keys)
        return listed(names, self.language)

    def _say(self, key: str, name: str = "") -> str:
        return phrase(key, self.language, name)


def _until(wish: Wish, now: datetime) -> float | None:
    """Seconds since 1970; None where no time was said. Raises Declined for one that has gone."""
    if wish.slots.keys().isdisjoint(("hours", "minutes", "seconds", "time", "date")):
        return None
    found = rule(wish.slots, "reminder", now)
    entry = Entry(id=0, kind="reminder", rule=found, since=now.timestamp())
    return due(entry, zone_of(now))
