"""The hub that transcripts speak to: the real conversation, a simulated home, its own clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from hub.asker import Asker
from hub.conversation import Conversation, Means, conversation
from hub.eyes.of_config import views
from hub.grammars import Grammars
from hub.homes.backend import HomeLost
from hub.homes.demo import demo_home
from hub.homes.patient import PatientHome
from hub.homes.seeing import SeeingHome
from hub.homes.simulated import SimulatedHome
from hub.services import Call
from hub.timekeeping.agenda import Agenda
from hub.timekeeping.keeper import Timekeeper
from hub.timekeeping.store import Memory
from hub.timekeeping.sun import Place
from hub.turn import Turn
from hub.why.said import explain
from hub.why.trace import Origin, Trace, trace
from intents.answers import Answers
from intents.home import Home, View
from intents.home_file import load
from tests.transcripts.cameras import CONFIG, Cameras

_TICK = timedelta(seconds=5)


@cache
def home_called(name: str) -> Home:
    return demo_home() if name == "demo" else load(Path(__file__).with_name(f"{name}.yaml"))


@cache
def grammars(language: str) -> Grammars:
    """Made once for all transcripts."""
    return Grammars(language)


class Stagehome(SimulatedHome):
    """Can be away, as Home Assistant is when it restarts."""

    is_away = False

    async def call(self, call: Call) -> None:
        if self.is_away:
            raise HomeLost("It cannot be reached.")
        await super().call(call)


class Kept(Memory):
    """Outlives the hub, as a file does."""

    def __init__(self) -> None:
        self._agenda = Agenda()

    def load(self) -> Agenda:
        return self._agenda

    def save(self, agenda: Agenda) -> None:
        self._agenda = agenda


class Stage:
    """`now`: local time. `announced`: what the hub said by itself, since it was last emptied.
    `guest_aware`: it is spoken to, and private things are not said before guests.
    """

    def __init__(
        self, language: str, home: Home, start: datetime, *, guest_aware: bool = False
    ) -> None:
        self._guest_aware = guest_aware
        self.home = Stagehome(home)
        self._patient = PatientHome(self.home, lambda _: True, self._clock)
        self.announced: list[str] = []
        self._language = language
        self.now = start
        self._talk: Conversation | None = None
        self._kept = Kept()
        self._last: Trace | None = None
        self.cameras = Cameras(self._clock, lambda: self._seen.home)
        self._seen = SeeingHome(self._patient, self._views)
        self.start_hub()

    def start_hub(self) -> None:
        self.cameras.start()
        store = self._kept
        keeper = Timekeeper(
            Answers(self._language), self._language, store, place=lambda: Place(52.5, 13.4)
        )
        means = Means(
            keeper,
            now=lambda: self.now,
            clock=self._clock,
            why=self._why,
            teach=self._teach,
            eyes=self.cameras.eyes,
            guest_aware=self._guest_aware,
        )
        home = self._seen if self._language == "en" else self._patient
        self._talk = conversation(self._language, home, grammars(self._language), means)

    def _views(self, home: Home) -> tuple[View, ...]:
        """Only the house that transcripts with cameras are spoken in has some."""
        rooms = {area.name for area in home.areas}
        return views(CONFIG, home) if "Office" in rooms else ()

    def stop_hub(self) -> None:
        self._talk = None

    async def say(self, text: str, room: str | None, speaker: str | None) -> Turn:
        assert self._talk is not None, "the hub does not run"
        asker = Asker("voice" if self._guest_aware else "typed", room, speaker)
        turn = await self._talk.ask(text, asker)
        if not any(wish.intent == "HubWhy" for wish in turn.wishes):
            origin = Origin(asker, said=text)
            self._last = trace(turn, origin, self.home.home, self.now.timestamp())
        return turn

    def _why(self, _asker: Asker) -> str:
        return explain(self._last, self._language) if self._last else ""

    def _teach(self, phrase: str, entity: str) -> None:
        """A thing is also called so from now on."""
        self.home.change(
            tuple(
                replace(e, aliases=(*e.aliases, phrase))
                for e in self.home.home.entities
                if e.id == entity
            )
        )

    def come_and_go(self, state: str) -> None:
        """All people of the home."""
        people = (each for each in self.home.home.entities if each.domain == "person")
        self.home.change(tuple(replace(each, state=state) for each in people))

    async def wait(self, length: timedelta) -> None:
        end = self.now + length
        while self.now < end:
            self.now = min(end, self.now + _TICK)
            await self._tick()

    async def wait_until(self, moment: datetime) -> None:
        await self.wait(moment - self.now)

    def _clock(self) -> float:
        return self.now.timestamp()

    async def _tick(self) -> None:
        """What is due now is said or done."""
        if self._talk is None:
            return
        self.cameras.pass_time(self._clock())
        keeper = self._talk.timekeeper
        if not self.home.is_away:
            await self._patient.settle()
        for due in keeper.due(self.now):
            self.announced.append(due.text)
            if due.command:
                turn = await self._talk.ask(due.command, Asker("timer", due.area))
                self.announced.append(turn.reply)
            keeper.told(due)
