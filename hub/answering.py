"""Answers to questions about the home, its lists, what plays and the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.away import as_of
from hub.homes.backend import Backend, CallFailed
from hub.phrases import phrase
from hub.timekeeping.speech import day_of_month, listed
from intents.answers import AnswerError, Answers
from intents.home import Entity, called
from intents.own import WEEKDAYS
from intents.questions import QUESTIONS, Facts, facts
from intents.targets import Miss
from intents.wishes import Wish

_TALK = frozenset({"HassGetCurrentTime", "HassGetCurrentDate", "HassNevermind", "HassRespond"})
"""What no home is needed for."""
_LISTS = frozenset({"HubListStatus", "HubListItem"})
ANSWERED = QUESTIONS | _TALK | _LISTS | {"HubNowPlaying", "HubWeekday"}
"""Intents that only ask."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`things`: what was asked about."""

    text: str
    things: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Answering:
    backend: Backend
    answers: Answers
    language: str

    async def answer(self, wish: Wish, area: str | None, now: datetime) -> Answer:
        """`now`: local time."""
        match wish.intent:
            case "HubWeekday":
                return Answer(self._weekday(str(wish.slots.get("date", "today")), now))
            case "HubNowPlaying":
                return self._playing()
            case intent if intent in _LISTS:
                return await self._list(wish)
            case _:
                return self._home(wish, area, now)

    def reply(self, wish: Wish, known: Facts) -> str:
        """Some languages' templates ask for what is not there; then it is said more plainly."""
        try:
            return self.answers.reply(wish, known)
        except AnswerError:
            return phrase("done", self.language)

    def _home(self, wish: Wish, area: str | None, now: datetime) -> Answer:
        known = facts(wish, self.backend.home, now, area)
        if isinstance(known, Miss):
            return Answer(self.answers.error(known.key, **known.names))
        said = self.reply(wish, known)
        text = said if wish.intent in _TALK else self._as_of(said)
        return Answer(text, known.matched or known.unmatched)

    def _as_of(self, said: str) -> str:
        return as_of(self.backend.age, said, self.language)

    async def _list(self, wish: Wish) -> Answer:
        lists = [e for e in self.backend.home.entities if e.domain == "todo"]
        if "name" not in wish.slots:
            if not lists:
                return Answer(phrase("no_lists", self.language))
            names = listed(tuple(each.name for each in lists), self.language)
            return Answer(phrase("your_lists", self.language, names))
        name = str(wish.slots["name"])
        found = next((each for each in lists if called(each, name)), None)
        if found is None:
            return Answer(self.answers.error("no_entity", entity=name))
        try:
            items = await self.backend.items(found)
        except CallFailed:
            return Answer(phrase("call_failed", self.language, found.name))
        if "item" in wish.slots:
            item = str(wish.slots["item"])
            there = any(item.casefold() in each.casefold() for each in items)
            return Answer(phrase("on_list" if there else "not_on_list", self.language, item))
        return Answer(self._items(found.name, items), (found,))

    def _items(self, name: str, items: Sequence[str]) -> str:
        if not items:
            return phrase("list_empty", self.language, name)
        return phrase("list_holds", self.language, name, items=listed(tuple(items), self.language))

    def _playing(self) -> Answer:
        players = [
            e
            for e in self.backend.home.entities
            if e.domain == "media_player" and e.state == "playing"
        ]
        for player in players:
            title = player.attributes.get("media_title")
            if title:
                artist = player.attributes.get("media_artist")
                what = f"{title}, {artist}" if artist else str(title)
                said = phrase("now_playing", self.language, what)
                return Answer(self._as_of(said), (player,))
        return Answer(self._as_of(phrase("nothing_playing", self.language)), tuple(players))

    def _weekday(self, date: str, now: datetime) -> str:
        day = next_day(date, now)
        if day is None:
            return phrase("no_such_day", self.language)
        weekday = phrase(f"weekday_{day.weekday()}", self.language)
        on = day_of_month(day, self.language)
        return phrase("that_day", self.language, weekday=weekday, date=on)


def next_day(date: str, now: datetime) -> datetime | None:
    """The next such day, today included (intents.own.DATE); None for one that never comes."""
    near = {"today": 0, "tomorrow": 1, "day_after_tomorrow": 2}
    for ahead in range(366 * 8):
        day = now + timedelta(days=ahead)
        fits = (
            near.get(date) == ahead
            or (date in WEEKDAYS and WEEKDAYS[day.weekday()] == date)
            or date in (f"{day:%m-%d}", f"{day:%d}")
        )
        if fits:
            return day
    return None
