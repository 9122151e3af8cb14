"""The hub that transcripts speak to: the real conversation, a simulated home, its own clock."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from hub.conversation import Conversation, conversation
from hub.grammars import Grammars
from hub.homes.backend import HomeLost
from hub.homes.demo import demo_home
from hub.homes.simulated import SimulatedHome
from hub.services import Call
from hub.turn import Turn
from intents.home import Home
from intents.home_file import load

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


class Stage:
    """`now`: local time. `announced`: what the hub said by itself, since it was last emptied."""

    def __init__(self, language: str, home: Home, start: datetime) -> None:
        self.home = Stagehome(home)
        self.announced: list[str] = []
        self._language = language
        self.now = start
        self._talk: Conversation | None = None
        self.start_hub()

    def start_hub(self) -> None:
        self._talk = conversation(self._language, self.home, grammars(self._language))
        self._talk.now = lambda: self.now
        self._talk.clock = self._clock

    def stop_hub(self) -> None:
        self._talk = None

    async def say(self, text: str, room: str | None, _speaker: str | None) -> Turn:
        assert self._talk is not None, "the hub does not run"
        return await self._talk.ask(text, room)

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
        keeper = self._talk.timekeeper
        for timer in keeper.timers.take_finished(self.now.timestamp()):
            self.announced.append(keeper.rings(timer))
            if timer.command:
                turn = await self._talk.ask(timer.command, timer.area)
                self.announced.append(turn.reply)
