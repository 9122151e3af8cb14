"""Who is asked: Inglenook's conversation as it is at home, and Home Assistant's matcher."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bench.matcher import Matcher
from hub.asker import Asker
from hub.conversation import Conversation
from hub.local import Local
from hub.turn import Turn
from intents.home import Home, where
from intents.wishes import Slots, Wish

_ANSWERS = ("HassGet", "HassTimerStatus", "HassRespond", "HassNevermind")
"""How the names begin of what Home Assistant's agent answers without acting."""


@dataclass(frozen=True, slots=True)
class Meant:
    """One wish. `when`: the slots that say when, for a command that is to wait."""

    wish: Wish
    when: Slots = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds; `cpu`: those that were computed, which others on the machine lengthen less."""

    wall: float = 0.0
    cpu: float = 0.0


class _Watch:
    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.thread_time()

    def took(self) -> Took:
        return Took(time.perf_counter() - self._wall, time.thread_time() - self._cpu)


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a sentence: its wishes, and what they mean if commands for later are read.

    `acts`: something was done or set for later; `asks`: the hub waits for an answer.
    `took`: understanding, acting and answering.
    """

    wishes: tuple[Wish, ...]
    meant: tuple[Meant, ...]
    acts: bool
    asks: bool
    took: Took


class Brain(Protocol):
    name: str

    def say(self, text: str, home: Home, language: str = "en", area: str | None = None) -> Said:
        """To this home, where nobody said anything before."""
        ...


class Inglenook:
    name = "Inglenook"

    def __init__(self) -> None:
        self._homes: dict[str, Local] = {}
        self._runner = asyncio.Runner()

    def say(self, text: str, home: Home, language: str = "en", area: str | None = None) -> Said:
        turn, took = self._ask(text, home, language, area)
        results = {action.result for action in turn.actions}
        return Said(
            turn.wishes,
            tuple(self._meant(turn.wishes, home, language, area)),
            acts=bool(results & {"done", "published", "queued"}),
            asks=turn.expects_answer,
            took=took,
        )

    def _ask(self, text: str, home: Home, language: str, area: str | None) -> tuple[Turn, Took]:
        local = self._homes.setdefault(language, Local(language, home))
        talk: Conversation = local.conversation(home)
        watch = _Watch()
        turn = self._runner.run(talk.ask(text, Asker("typed", area)))
        return turn, watch.took()

    def _meant(
        self, wishes: Sequence[Wish], home: Home, language: str, area: str | None
    ) -> Iterable[Meant]:
        """Wishes; of a command for later what it means, where it means something."""
        for wish in wishes:
            when = dict(wish.slots)
            command = when.pop("conversation_command", None)
            if command is None:
                yield Meant(wish)
                continue
            later, _ = self._ask(str(command), home, language, area)
            yield from (Meant(each, when) for each in later.wishes)


class HomeAssistant:
    """Its agent says what it matched; whether that acts is told from the intent."""

    name = "Home Assistant's matcher"

    def __init__(self) -> None:
        self._kept: list[tuple[tuple[str, Home], Matcher]] = []

    def say(self, text: str, home: Home, language: str = "en", area: str | None = None) -> Said:
        matcher = self._matcher(home, language)
        spot = where(home, area)
        watch = _Watch()
        wish = matcher.recognize(text, spot.name if spot else None)
        took = watch.took()
        if wish is None:
            return Said((), (), acts=False, asks=False, took=took)
        acts = not wish.intent.startswith(_ANSWERS)
        return Said((wish,), (self._meant(wish, matcher),), acts=acts, asks=False, took=took)

    def _meant(self, wish: Wish, matcher: Matcher) -> Meant:
        when = dict(wish.slots)
        command = when.pop("conversation_command", None)
        later = matcher.recognize(str(command)) if command is not None else None
        return Meant(later, when) if later else Meant(wish)

    def _matcher(self, home: Home, language: str) -> Matcher:
        """The last few are kept."""
        for key, matcher in self._kept:
            if key == (language, home):
                return matcher
        self._kept = [((language, home), Matcher(home, language)), *self._kept[:7]]
        return self._kept[0][1]
