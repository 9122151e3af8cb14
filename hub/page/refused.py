"""What was refused, or should not have been heard at all: put right with one tap on the page.

Speech that was not understood has no words here. A sentence that was typed is in the browser that
typed it, and comes with the tap; of it a name may be learned, as by a yes to "did you mean ...?".
"""

from dataclasses import dataclass

import msgspec

from hub.aliases import AliasRefused
from hub.asker import Asker
from hub.dialogue.suggesting import meant
from hub.fields import Name, Share, Text
from hub.household import Household
from hub.page.bodies import Done, read
from hub.page.turns import TurnShown, typed
from hub.requests import learn
from hub.why.trace import Trace
from hub.why.traces import NotKept
from integrations.web.site import Declined
from intents.home import areas_called
from intents.wishes import NotUnderstood

_CLEAR = 0.9
"""Score from which no sensitivity would have kept it out, and let in the wake word itself."""
_ROOM = 0.02
"""Between a score that woke and the threshold that would not have."""


class Meant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`said`: what was typed instead; empty for what was spoken."""

    sentence: Text
    said: Text = ""
    area: Name | None = None

    def __repr__(self) -> str:
        return "Meant()"


class MeantShown(msgspec.Struct, frozen=True, kw_only=True):
    """`learned`: the name that means the thing from now on; `objection`: why it may not."""

    turn: TurnShown
    learned: str = ""
    objection: str = ""

    def __repr__(self) -> str:
        return "MeantShown()"


class Unlearn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Name


class Alarm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`at`: of the turn; `false`: it should not have woken."""

    at: float
    false: bool


class AlarmShown(msgspec.Struct, frozen=True, kw_only=True):
    """`count`: false alarms of the week. `sensitivity`: in use; `proposed`: lower, where one would
    help.
    """

    count: int
    sensitivity: float
    proposed: float | None = None


class SetSensitivity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: Share


@dataclass(frozen=True, slots=True)
class Refused:
    household: Household

    async def meant(self, body: bytes) -> MeantShown:
        """Done, in the room it was said in, as if it had been typed here."""
        wanted = read(body, Meant)
        conversation = self.household.conversation
        home, asker = conversation.backend.home, Asker("page", wanted.area)
        if wanted.area and not areas_called(home, wanted.area):
            raise Declined("This home has no such room.")
        if isinstance(
            conversation.grammars.of(home).parse(wanted.sentence, wanted.area), NotUnderstood
        ):
            raise Declined("Type this sentence with words of your own in it.")
        learned, objection = self._learn(wanted)
        # The hub's own "did you mean ...?" is answered by this.
        conversation.talking.questions.take(asker, conversation.clock())
        turn = await self.household.ask(wanted.sentence, wanted.area, "page")
        return MeantShown(turn=typed(turn, wanted.area), learned=learned, objection=objection)

    def _learn(self, wanted: Meant) -> tuple[str, str]:
        conversation = self.household.conversation
        grammar = conversation.grammars.of(conversation.backend.home)
        at = conversation.clock()
        found = meant(wanted.sentence, wanted.said, grammar, wanted.area, at)
        if found is None or not found.phrase or not found.entity:
            return "", ""
        try:
            learn(self.household, found.phrase, found.entity)
        except AliasRefused as error:
            return "", str(error)
        except OSError as error:
            return "", f"The name could not be kept: {error.strerror}."
        return found.phrase, ""

    async def unlearn(self, body: bytes) -> Done:
        if not self.household.aliases.remove(read(body, Unlearn).name):
            raise Declined("No such name has been learned.")
        self.household.home_changed()
        return Done()

    async def alarm(self, body: bytes) -> AlarmShown:
        wanted = read(body, Alarm)
        try:
            trace = self.household.why.mark(wanted.at, false_alarm=wanted.false)
            count = self.household.why.false_alarms()
        except NotKept as error:
            raise Declined(str(error)) from error
        if trace is None:
            raise Declined("This turn is not kept any more.")
        proposed = await self._proposed(trace) if wanted.false else None
        return AlarmShown(count=count, sensitivity=self.household.sensitivity, proposed=proposed)

    async def _proposed(self, trace: Trace) -> float | None:
        """What fits all that senses has heard, else what had kept this one out."""
        now = self.household.sensitivity
        tuned = await self.household.tuner.propose() if self.household.status.can_hear else None
        if tuned is not None and tuned.sensitivity is not None and tuned.sensitivity < now:
            return tuned.sensitivity
        if trace.wake is None or trace.wake.score >= _CLEAR:
            return None
        lower = round(1.0 - trace.wake.score - _ROOM, 2)
        return lower if 0 < lower < now else None

    async def sensitivity(self, body: bytes) -> Done:
        """Until the next start: for settings that cannot be saved from here."""
        self.household.set_sensitivity(read(body, SetSensitivity).value)
        return Done()
