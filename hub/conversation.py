"""The conversation: understands what is typed, has wishes granted, and says one reply."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from hub.answering import Answering
from hub.asker import TYPED, Asker
from hub.care.classes import Care
from hub.care.code import Code
from hub.care.pending import Asked, Pending
from hub.care.rules import CareRules, Occasion
from hub.care.words import code_wanted, intended, question
from hub.dialogue.memory import Spoken
from hub.dialogue.suggesting import suggestion
from hub.grammars import Grammars
from hub.granting import Granted, Granting
from hub.handing_on import Agent, may_be_handed_on
from hub.homes.backend import Backend, CallFailed
from hub.phrases import phrase
from hub.sight.granting import Looking
from hub.sight.lane import Eyes
from hub.talking import Talking, Teach
from hub.timekeeping.keeper import Timekeeper
from hub.timekeeping.zone import LocalClock
from hub.turn import Action, CodeWanted, Outcome, Turn
from intents.answers import Answers
from intents.wishes import NotUnderstood, Wish


@dataclass(frozen=True)
class Means:
    """What a conversation has to work with; without a `timekeeper` its timers end with it.

    `now`: local time; `clock`: seconds that never go back. `why` says why the last thing in a room
    was done; `teach` takes what a phrase turned out to mean. `agent`: whom to ask what is not
    understood, where the owner allows it. `eyes`: where there are cameras.
    """

    timekeeper: Timekeeper | None = None
    rules: CareRules | None = None
    code: Code | None = None
    now: Callable[[], datetime] = field(default_factory=LocalClock)
    clock: Callable[[], float] = time.monotonic
    why: Callable[[Asker], str] | None = None
    teach: Teach = lambda _phrase, _entity: None
    agent: Agent | None = None
    eyes: Eyes | None = None
    guest_aware: bool = False


@dataclass
class Conversation:
    grammars: Grammars
    granting: Granting
    talking: Talking
    agent: Agent | None = None

    @property
    def backend(self) -> Backend:
        return self.granting.backend

    @property
    def timekeeper(self) -> Timekeeper:
        return self.granting.timekeeper

    @property
    def pending(self) -> Pending:
        return self.talking.pending

    def now(self) -> datetime:
        return self.granting.now()

    def clock(self) -> float:
        return self.talking.clock()

    async def ask(self, text: str, asker: Asker = TYPED) -> Turn:
        """A typed sentence."""
        understanding = self.grammars.of(self.backend.home).parse(text, asker.area)
        if isinstance(understanding, NotUnderstood):
            handed_on = await self._hand_on(text, asker)
            return handed_on or self.suggest(understanding.nearest, asker, text)
        turn = await self.take(understanding, asker)
        return replace(turn, words=text, confidence=min(wish.score for wish in understanding))

    async def _hand_on(self, text: str, asker: Asker) -> Turn | None:
        """To Home Assistant's agent, if it may be; None where that knows no better."""
        occasion = Occasion(self.backend.home, asker, self.now())
        rules = self.granting.rules
        if self.agent is None or not may_be_handed_on(text, occasion, rules):
            return None
        try:
            answered = await self.agent(text)
        except CallFailed:
            return None
        if answered is None:
            return None
        wish = Wish("HubHandedOn", {})
        action = Action(wish.intent, (), "done" if answered.acted else "answered")
        self.talking.memory.remember([Spoken(wish)], answered.text, asker, self.clock())
        return Turn((wish,), (action,), answered.text, text, confidence=1.0)

    def suggest(self, nearest: Sequence[str], asker: Asker, said: str = "") -> Turn:
        """Not understood: asks whether the nearest sentence was meant, where one is near enough.

        `said`: empty where it may not be known.
        """
        grammar = self.grammars.of(self.backend.home)
        found = suggestion(nearest, said, grammar, asker.area, self.clock())
        if found is None:
            reply = self.granting.answering.answers.error("no_intent")
            return Turn((), reply=reply, nearest=tuple(nearest))
        self.pending.pass_on(asker)
        self.talking.questions.ask(found, asker)
        reply = phrase("did_you_mean", self.granting.language, nearest[0])
        return Turn((), reply=reply, nearest=tuple(nearest), expects_answer=True)

    async def take(self, wishes: Sequence[Wish], asker: Asker) -> Turn:
        """All wishes of one sentence, in their order; what has to be asked first, is asked last."""
        granted = await self._granted(wishes, asker)
        deeds = [deed for each in granted for deed in each.deeds]
        asked = self.pending.ask(deeds, asker, self.clock())
        said = [self._reply([each.outcome for each in granted]), *map(self._question, asked)]
        reply = " ".join(filter(None, said))
        if not all(each.passes for each in granted):
            self.talking.memory.amend((), reply, asker)
        return Turn(
            tuple(wishes),
            actions=tuple(action for each in granted for action in each.outcome.actions),
            reply=reply,
            expects_answer=any(each.care is Care.CONFIRM for each in asked)
            or any(each.asks for each in granted),
            code_wanted=next((self._code_wanted(each) for each in asked if each.id), None),
        )

    async def _granted(self, wishes: Sequence[Wish], asker: Asker) -> list[Granted]:
        """Each is remembered at once: the next may speak of it."""
        granted: list[Granted] = []
        for wish in wishes:
            begun = not all(each.passes for each in granted)
            found = await self.talking.grant(wish, asker)
            granted += found
            spoken = [Spoken(e.wish, e.things, e.deeds) for e in found if not e.passes]
            if spoken and begun:
                self.talking.memory.amend(spoken, "", asker)
            elif spoken:
                self.talking.memory.remember(spoken, "", asker, self.clock())
        return granted

    async def confirmed(self, asked: Asked) -> Outcome:
        """Do what the code set free."""
        granted = await self.talking.set_free(asked, Care.CODE, asked.asker)
        spoken = Spoken(granted.wish, granted.things, granted.deeds)
        self.talking.memory.remember([spoken], granted.outcome.reply, asked.asker, self.clock())
        return granted.outcome

    def _reply(self, outcomes: Sequence[Outcome]) -> str:
        """Of one wish what came of it; of several only what was not plainly done."""
        if len(outcomes) == 1:
            return outcomes[0].reply
        others = [each.reply for each in outcomes if not _is_plain(each)]
        plain = len(others) < len(outcomes)
        done = [phrase("done", self.granting.language)] if plain else []
        return " ".join(dict.fromkeys(filter(None, [*done, *others])))

    def _question(self, asked: Asked) -> str:
        words = code_wanted if asked.id else question
        return words(asked.deeds, self.granting.language)

    def _code_wanted(self, asked: Asked) -> CodeWanted:
        text = intended(asked.deeds, self.granting.language)
        return CodeWanted(asked.id or "", text, asked.until - self.clock())


def _is_plain(outcome: Outcome) -> bool:
    """Done as it was wished: nothing need be said of it."""
    return bool(outcome.actions) and all(a.result == "done" for a in outcome.actions)


def _looking(means: Means, language: str) -> Looking | None:
    if means.eyes is None:
        return None
    return Looking(means.eyes, language, means.guest_aware, means.clock)


def conversation(
    language: str, backend: Backend, grammars: Grammars, means: Means | None = None
) -> Conversation:
    """Raises intents' UnknownLanguageError."""
    means = means or Means()
    own = Answers(language, grammars.responses)
    answers = means.timekeeper.answers if means.timekeeper else own
    granting = Granting(
        backend=backend,
        answering=Answering(backend, answers, language),
        timekeeper=means.timekeeper or Timekeeper(answers, language),
        rules=means.rules or CareRules(),
        now=means.now,
        language=language,
        looking=_looking(means, language),
    )
    talking = Talking(
        granting=granting,
        pending=Pending(means.code),
        clock=means.clock,
        why=means.why or (lambda _: phrase("no_trace", language)),
        teach=means.teach,
    )
    return Conversation(grammars, granting, talking, means.agent)
