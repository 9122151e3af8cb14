"""Wishes in, deeds and a reply out: answers questions, keeps timers, acts through the executor."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from hub.asker import Asker, Way
from hub.care.classes import Care
from hub.care.code import Code
from hub.care.pending import Asked, Pending
from hub.care.rules import CareRules
from hub.care.words import code_wanted, intended, question, read_back
from hub.deeds import AskFirst, Deed, Refused, Yes
from hub.executor import do, execute
from hub.grammars import Grammars
from hub.homes.backend import Backend, CallFailed, HomeLost
from hub.phrases import phrase
from hub.timekeeping.keeper import TIME_INTENTS, Timekeeper
from hub.timekeeping.zone import LocalClock
from hub.turn import Action, CodeWanted, Outcome, Turn
from intents.answers import AnswerError, Answers
from intents.questions import QUESTIONS, Facts, facts
from intents.targets import Miss, targets
from intents.wishes import NotUnderstood, Wish

_SPOKEN_ONLY = frozenset(
    {"HassGetCurrentTime", "HassGetCurrentDate", "HassNevermind", "HassRespond"}
)


@dataclass
class Conversation:
    """`now`: local time with its zone, for answers and for what is kept for later."""

    backend: Backend
    grammars: Grammars
    answers: Answers
    timekeeper: Timekeeper
    now: Callable[[], datetime]
    clock: Callable[[], float] = time.monotonic
    language: str = "en"
    rules: CareRules = field(default_factory=CareRules)
    pending: Pending = field(default_factory=Pending)

    async def ask(self, text: str, area: str | None = None, way: Way = "typed") -> Turn:
        """A typed sentence."""
        understanding = self.grammars.of(self.backend.home).parse(text, area)
        if isinstance(understanding, NotUnderstood):
            return Turn((), reply=self.answers.error("no_intent"), nearest=understanding.nearest)
        turn = await self.take(understanding, area, way)
        return replace(turn, words=text, confidence=min(wish.score for wish in understanding))

    async def take(
        self, wishes: Sequence[Wish], area: str | None = None, way: Way = "voice"
    ) -> Turn:
        """All wishes of one sentence, in their order; what has to be asked first, is asked last."""
        asker, deeds = Asker(way, area), list[Deed]()
        outcomes = [await self._grant(wish, asker, deeds) for wish in wishes]
        asked = self.pending.ask(deeds, asker, self.clock())
        said = [outcome.reply for outcome in outcomes] + [self._question(each) for each in asked]
        return Turn(
            tuple(wishes),
            actions=tuple(action for outcome in outcomes for action in outcome.actions),
            reply=" ".join(filter(None, said)),
            expects_answer=any(each.care is Care.CONFIRM for each in asked),
            code_wanted=next((self._code_wanted(each) for each in asked if each.id), None),
        )

    async def confirmed(self, asked: Asked) -> Outcome:
        """Do what the code set free."""
        yes = Yes(Care.CODE, asked.asker, self.now())
        deeds = [await do(deed, self.backend, self.rules, yes) for deed in asked.deeds]
        actions = tuple(deed.action(self.backend.granted) for deed in deeds)
        return Outcome(self._read_back(deeds), actions)

    async def _grant(self, wish: Wish, asker: Asker, asked: list[Deed]) -> Outcome:
        area = asker.area
        if wish.intent in TIME_INTENTS:
            return self.timekeeper.take(wish, area, self.now())
        if not wish.intent.startswith(("Hass", "Hub")):
            # A sentence of the owner's own: automations that listen on MQTT know what it means.
            return Outcome("", (Action(wish.intent, (), "published"),))
        if wish.intent == "HassBroadcast":
            said = str(wish.slots.get("message", ""))
            return Outcome(said, (Action(wish.intent, (), "done"),))
        if wish.intent in QUESTIONS or wish.intent in _SPOKEN_ONLY:
            return self._answer(wish, area)
        found = targets(wish, self.backend.home, area)
        if isinstance(found, Miss):
            reply = self.answers.error(found.key, **found.names)
            return Outcome(reply, (Action(wish.intent, (), "failed"),))
        deeds = await execute(wish, found, self.backend, self.rules, asker, self.now())
        if not deeds:
            reply = phrase("not_supported", self.language)
            return Outcome(reply, (Action(wish.intent, (), "failed"),))
        asked.extend(deeds)
        actions = tuple(deed.action(self.backend.granted) for deed in deeds)
        return Outcome(self._report(wish, deeds), actions)

    def _answer(self, wish: Wish, area: str | None) -> Outcome:
        known = facts(wish, self.backend.home, self.now(), area)
        if isinstance(known, Miss):
            return Outcome(self.answers.error(known.key, **known.names))
        return Outcome(self._reply(wish, known))

    def _report(self, wish: Wish, deeds: Sequence[Deed]) -> str:
        """What was done in the home's words, then each thing that was not, with its reason."""
        done = [deed for deed in deeds if deed.obstacle is None]
        if any(deed.care is Care.READ_BACK for deed in done):
            return self._read_back(deeds)
        said = [self._obstacle(deed) for deed in deeds]
        if done:
            matched = tuple(target for deed in done for target in deed.call.targets)
            known = Facts(now=self.now(), matched=matched, media=self.backend.home.media)
            said.insert(0, self._reply(wish, known))
        return " ".join(dict.fromkeys(filter(None, said)))

    def _read_back(self, deeds: Sequence[Deed]) -> str:
        """Exactly what was done, then what was not."""
        done = [deed for deed in deeds if deed.obstacle is None]
        said = [read_back(done, self.language)] if done else []
        return " ".join(filter(None, [*said, *map(self._obstacle, deeds)]))

    def _question(self, asked: Asked) -> str:
        words = code_wanted if asked.id else question
        return words(asked.deeds, self.language)

    def _code_wanted(self, asked: Asked) -> CodeWanted:
        text = intended(asked.deeds, self.language)
        return CodeWanted(asked.id or "", text, asked.until - self.clock())

    def _reply(self, wish: Wish, known: Facts) -> str:
        """Some languages' templates ask for what is not there; then it is said more plainly."""
        try:
            return self.answers.reply(wish, known)
        except AnswerError:
            return phrase("done", self.language)

    def _obstacle(self, deed: Deed) -> str:
        """Why it was not done; nothing for what is done, or asked."""
        names = ", ".join(target.name for target in deed.call.targets)
        match deed.obstacle:
            case Refused(why=reason):
                return phrase(reason.value, self.language, names)
            case HomeLost():
                return phrase("home_lost", self.language)
            case CallFailed():
                return phrase("call_failed", self.language, names)
            case AskFirst() | None:
                return ""


def conversation(
    language: str,
    backend: Backend,
    grammars: Grammars,
    timekeeper: Timekeeper | None = None,
    rules: CareRules | None = None,
    code: Code | None = None,
) -> Conversation:
    """One conversation; without a `timekeeper` its timers end with it.

    Raises intents' UnknownLanguageError.
    """
    answers = timekeeper.answers if timekeeper else Answers(language)
    return Conversation(
        backend=backend,
        grammars=grammars,
        answers=answers,
        timekeeper=timekeeper or Timekeeper(answers, language),
        now=LocalClock(),
        language=language,
        rules=rules or CareRules(),
        pending=Pending(code),
    )
