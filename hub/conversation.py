"""Wishes in, deeds and a reply out: answers questions, keeps timers, acts through the executor."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.executor import Deed, execute
from hub.grammars import Grammars
from hub.homes.backend import Backend, CallFailed, HomeLost
from hub.phrases import phrase
from hub.policy import Risk
from hub.timekeeping import TIMER_INTENTS, Timekeeper
from hub.timers import Timers
from hub.turn import Action, Outcome, Turn
from intents.answers import AnswerError, Answers
from intents.questions import QUESTIONS, Facts, facts
from intents.targets import Miss, targets
from intents.wishes import NotUnderstood, Wish

_SPOKEN_ONLY = frozenset(
    {"HassGetCurrentTime", "HassGetCurrentDate", "HassNevermind", "HassRespond"}
)


@dataclass
class Conversation:
    """`now`: local time, for answers; `clock`: seconds that never jump, for timers."""

    backend: Backend
    grammars: Grammars
    answers: Answers
    timekeeper: Timekeeper
    now: Callable[[], datetime]
    clock: Callable[[], float] = time.monotonic
    language: str = "en"

    async def ask(self, text: str, area: str | None = None) -> Turn:
        """A typed sentence."""
        understanding = self.grammars.of(self.backend.home).parse(text, area)
        if isinstance(understanding, NotUnderstood):
            return Turn((), reply=self.answers.error("no_intent"), nearest=understanding.nearest)
        turn = await self.take(understanding, area)
        return replace(turn, words=text, confidence=min(wish.score for wish in understanding))

    async def take(self, wishes: Sequence[Wish], area: str | None = None) -> Turn:
        """All wishes of one sentence, in their order."""
        outcomes = [await self._grant(wish, area) for wish in wishes]
        return Turn(
            tuple(wishes),
            actions=tuple(action for outcome in outcomes for action in outcome.actions),
            reply=" ".join(outcome.reply for outcome in outcomes if outcome.reply),
        )

    async def _grant(self, wish: Wish, area: str | None) -> Outcome:
        if not wish.intent.startswith("Hass"):
            # A sentence of the owner's own: automations that listen on MQTT know what it means.
            return Outcome("", (Action(wish.intent, (), "published"),))
        if wish.intent == "HassBroadcast":
            said = str(wish.slots.get("message", ""))
            return Outcome(said, (Action(wish.intent, (), "done"),))
        if wish.intent in TIMER_INTENTS:
            return self.timekeeper.take(wish, area, self.now(), self.clock())
        if wish.intent in QUESTIONS or wish.intent in _SPOKEN_ONLY:
            return self._answer(wish, area)
        found = targets(wish, self.backend.home, area)
        if isinstance(found, Miss):
            reply = self.answers.error(found.key, **found.names)
            return Outcome(reply, (Action(wish.intent, (), "failed"),))
        deeds = await execute(wish, found, self.backend)
        if not deeds:
            reply = phrase("not_supported", self.language)
            return Outcome(reply, (Action(wish.intent, (), "failed"),))
        actions = tuple(deed.action(wish.intent, self.backend.granted) for deed in deeds)
        return Outcome(self._report(wish, deeds), actions)

    def _answer(self, wish: Wish, area: str | None) -> Outcome:
        known = facts(wish, self.backend.home, self.now(), area)
        if isinstance(known, Miss):
            return Outcome(self.answers.error(known.key, **known.names))
        return Outcome(self._reply(wish, known))

    def _report(self, wish: Wish, deeds: Sequence[Deed]) -> str:
        """What was done in the home's words, then each thing that was not, with its reason."""
        done = tuple(t for deed in deeds if deed.obstacle is None for t in deed.targets)
        said = [self._obstacle(deed) for deed in deeds if deed.obstacle is not None]
        if done:
            known = Facts(now=self.now(), matched=done, media=self.backend.home.media)
            said.insert(0, self._reply(wish, known))
        return " ".join(dict.fromkeys(said))

    def _reply(self, wish: Wish, known: Facts) -> str:
        """Some languages' templates ask for what is not there; then it is said more plainly."""
        try:
            return self.answers.reply(wish, known)
        except AnswerError:
            return phrase("done", self.language)

    def _obstacle(self, deed: Deed) -> str:
        names = ", ".join(target.name for target in deed.targets)
        match deed.obstacle:
            case Risk() as risk:
                return phrase(risk.value, self.language, names)
            case HomeLost():
                return phrase("home_lost", self.language)
            case CallFailed() | None:
                return phrase("call_failed", self.language, names)


def conversation(language: str, backend: Backend, grammars: Grammars) -> Conversation:
    """One conversation with its own timers. Raises intents' UnknownLanguageError."""
    answers = Answers(language)
    return Conversation(
        backend=backend,
        grammars=grammars,
        answers=answers,
        timekeeper=Timekeeper(answers, Timers(), language),
        now=lambda: datetime.now().astimezone(),
        language=language,
    )
