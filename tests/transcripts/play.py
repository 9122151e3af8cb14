"""Plays a transcript and complains of the first line that does not come true."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from hub.turn import Turn
from intents.home import Attribute, Entity, Home
from tests.transcripts.cameras import Shows
from tests.transcripts.script import (
    Did,
    Event,
    Expects,
    Happens,
    Hears,
    Passes,
    Says,
    Stands,
    Step,
    Transcript,
    Until,
    read,
)
from tests.transcripts.stage import Stage, home_called

_DONE = frozenset({"done", "published", "queued"})


class Untrue(AssertionError):
    """What should have been, and what was."""


async def play(file: Path) -> None:
    """Raises Untrue with file and line, WrittenWrong."""
    transcript = read(file)
    player = _Player(transcript)
    for number, step in transcript.steps:
        try:
            await player.play(step)
        except Untrue as error:
            raise Untrue(f"{file.parent.name}/{file.name}:{number}: {error}") from error


class _Player:
    def __init__(self, transcript: Transcript) -> None:
        self._stage = Stage(
            transcript.language,
            home_called(transcript.home),
            transcript.start,
            guest_aware=transcript.guest_aware,
        )
        self._before: Home = self._stage.home.home
        self._turn = Turn(())
        self._said: list[str] = []
        """What the hub said since somebody spoke or time went on."""

    async def play(self, step: Step) -> None:
        match step:
            case Says(text, room, speaker):
                self._before = self._stage.home.home
                self._turn = await self._stage.say(text, room, speaker)
                self._said = [self._turn.reply] if self._turn.reply else []
            case Passes() | Until():
                await self._pass(step)
            case Shows():
                self._stage.cameras.show(step)
            case Happens(event):
                self._happen(event)
            case Hears() | Stands() | Did() | Expects():
                self._check(step)

    async def _pass(self, step: Passes | Until) -> None:
        self._stage.announced.clear()
        if isinstance(step, Passes):
            await self._stage.wait(step.time)
        else:
            await self._stage.wait_until(_next(step, self._stage.now))
        self._said = list(filter(None, self._stage.announced))

    def _happen(self, event: Event) -> None:
        match event:
            case "hub stops":
                self._stage.stop_hub()
            case "hub starts":
                self._stage.start_hub()
            case "home goes away" | "home comes back":
                self._stage.home.is_away = event == "home goes away"
            case "family leaves":
                self._stage.come_and_go("not_home")
            case "family returns":
                self._stage.come_and_go("home")

    def _check(self, step: Hears | Stands | Did | Expects) -> None:
        match step:
            case Hears(None):
                _must(not self._said, "silence", self._said)
            case Hears(str(pattern)):
                is_heard = any(re.search(pattern, each, re.IGNORECASE) for each in self._said)
                _must(is_heard, pattern, self._said)
            case Stands():
                self._check_state(step)
            case Did(what):
                self._check_deed(what)
            case Expects(answer):
                expects = self._turn.expects_answer
                _must(expects == answer, f"expects_answer {answer}", self._turn.reply)

    def _check_state(self, step: Stands) -> None:
        entity = next((e for e in self._stage.home.home.entities if e.name == step.name), None)
        _must(entity is not None, f"a thing called {step.name}", "none")
        if entity is not None:
            _must(entity.state == step.state, step.state, f"{entity.state}; {self._said}")
            for name, wanted in step.attributes:
                found = _text(entity, name)
                _must(found == wanted, f"{name} {wanted}", f"{found}; {self._said}")

    def _check_deed(self, what: str) -> None:
        results = [action.result for action in self._turn.actions]
        if what != "nothing happens":
            _must(what in results, f"something {what}", f"{results}; {self._said}")
            return
        _must(not _DONE & set(results), what, f"{self._turn.actions}; {self._said}")
        _must(self._stage.home.home == self._before, what, "the home has changed")


def _must(is_so: bool, wanted: str, found: object) -> None:
    if not is_so:
        raise Untrue(f"wanted {wanted}, got {found}")


def _next(until: Until, now: datetime) -> datetime:
    """The next such time of day."""
    moment = now.replace(hour=until.time.hour, minute=until.time.minute, second=0, microsecond=0)
    return moment if moment > now else moment + timedelta(days=1)


def _text(entity: Entity, name: str) -> str:
    value: Attribute = entity.attributes.get(name)
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
