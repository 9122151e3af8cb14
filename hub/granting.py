"""One whole wish granted: answered, kept for later, or done through the executor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.answering import ANSWERED, Answering
from hub.asker import Asker
from hub.care.classes import Care
from hub.care.rules import CareRules
from hub.care.words import intended, read_back
from hub.deeds import AskFirst, Deed, Refused
from hub.executor import execute
from hub.homes.backend import Backend, CallFailed, HomeLost, Waits
from hub.phrases import phrase
from hub.sight.granting import INTENTS as CAMERA_INTENTS
from hub.sight.granting import Looking
from hub.timekeeping.keeper import TIME_INTENTS, Timekeeper
from hub.turn import Action, Outcome
from intents.home import Entity
from intents.questions import Facts
from intents.targets import Miss, targets
from intents.wishes import Wish


@dataclass(frozen=True, slots=True)
class Granted:
    """What became of a wish: `things` it was about, and the `deeds` that came of it. `asks`: an
    answer is awaited. `passes`: talk that is not spoken of later.
    """

    wish: Wish
    outcome: Outcome
    things: tuple[Entity, ...] = ()
    deeds: tuple[Deed, ...] = ()
    asks: bool = False
    passes: bool = False


@dataclass(frozen=True, slots=True)
class Granting:
    """`now`: local time, for answers, rules and what is kept for later."""

    backend: Backend
    answering: Answering
    timekeeper: Timekeeper
    rules: CareRules
    now: Callable[[], datetime]
    language: str
    looking: Looking | None = None

    async def grant(self, wish: Wish, asker: Asker) -> Granted:
        if withheld := self.withheld(wish, asker):
            return withheld
        if wish.intent in TIME_INTENTS:
            return Granted(wish, self.timekeeper.take(wish, asker.area, self.now()))
        if not wish.intent.startswith(("Hass", "Hub")):
            # A sentence of the owner's own: automations that listen on MQTT know what it means.
            said = self.answering.reply(wish, Facts(now=self.now()))
            return Granted(wish, Outcome(said, (Action(wish.intent, (), "published"),)))
        if wish.intent in CAMERA_INTENTS:
            return Granted(wish, self._look(wish, asker))
        if wish.intent == "HassBroadcast":
            said = str(wish.slots.get("message", ""))
            return Granted(wish, Outcome(said, (Action(wish.intent, (), "done"),)))
        if wish.intent in ANSWERED:
            answer = await self.answering.answer(wish, asker.area, self.now())
            return Granted(wish, Outcome(answer.text), answer.things)
        return await self._do(wish, asker)

    def withheld(self, wish: Wish, asker: Asker) -> Granted | None:
        """What is said instead, where the answer is not for the ears of guests."""
        if self.looking and self.looking.withholds(wish, self.backend.home, asker):
            return Granted(wish, Outcome(phrase("guests", self.language)))
        return None

    def _look(self, wish: Wish, asker: Asker) -> Outcome:
        if self.looking is None:
            text = phrase("see_no_camera", self.language)
            return Outcome(text, (Action(wish.intent, (), "failed"),))
        return self.looking.grant(wish, self.backend.home, asker, self.now())

    async def _do(self, wish: Wish, asker: Asker) -> Granted:
        found = targets(wish, self.backend.home, asker.area)
        if isinstance(found, Miss):
            return self.failed(wish, self.answering.answers.error(found.key, **found.names))
        deeds = await execute(wish, found, self.backend, self.rules, asker, self.now())
        if not deeds:
            return self.failed(wish, phrase("not_supported", self.language))
        actions = tuple(deed.action(self.backend.granted) for deed in deeds)
        return Granted(wish, Outcome(self._report(wish, deeds), actions), found, deeds)

    def failed(self, wish: Wish, reply: str) -> Granted:
        return Granted(wish, Outcome(reply, (Action(wish.intent, (), "failed"),)))

    def _report(self, wish: Wish, deeds: Sequence[Deed]) -> str:
        """What was done in the home's words, then each thing that was not, with its reason."""
        done = [deed for deed in deeds if deed.obstacle is None]
        if any(deed.care is Care.READ_BACK for deed in done) or _is_step(wish):
            return self.read_back(deeds)
        said = [self.obstacle(deed) for deed in deeds]
        if done:
            matched = tuple(target for deed in done for target in deed.call.targets)
            known = Facts(now=self.now(), matched=matched, media=self.backend.home.media)
            said.insert(0, self.answering.reply(wish, known))
        return " ".join(dict.fromkeys(filter(None, said)))

    def read_back(self, deeds: Sequence[Deed]) -> str:
        """Exactly what was done, then what was not."""
        done = [deed for deed in deeds if deed.obstacle is None]
        said = [read_back(done, self.language)] if done else []
        return " ".join(filter(None, [*said, *map(self.obstacle, deeds)]))

    def obstacle(self, deed: Deed) -> str:
        """Why it was not done; nothing for what is done, or asked."""
        names = ", ".join(target.name for target in deed.call.targets)
        match deed.obstacle:
            case Refused(why=reason):
                return phrase(reason.value, self.language, names)
            case Waits():
                return phrase("queued", self.language, intended([deed], self.language))
            case HomeLost():
                return phrase("home_lost", self.language)
            case CallFailed():
                return phrase("call_failed", self.language, names)
            case AskFirst() | None:
                return ""


def _is_step(wish: Wish) -> bool:
    """By how much was said, so that the answer says to what."""
    return any(slot.endswith("_step") and slot != "volume_step" for slot in wish.slots)
