"""The two doors into the house: from the process that hears, and from the one that speaks.

Nothing that arrives is passed on. What is admitted is said anew from what the house itself knows;
what is refused is counted. A door never raises, whatever it is told.
"""

from math import log2
from typing import Literal

from hub.door.budget import MOMENT_COST, Budget
from hub.door.language import LanguageForm, form_of, language_form
from hub.door.loudness import LoudnessDoor
from hub.door.measures import SHARE_COST, share
from hub.door.reasons import OWN
from hub.door.refusals import Refusals, Refused
from hub.door.standing import KINDS, Standing
from hub.door.texts import TextCheck, Texts
from hub.door.turns import Permission, Turns
from hub.door.vocabulary import Vocabulary
from hub.fields import MICROPHONE, MOST_TALLIED
from hub.grammars import Grammars
from hub.messages import (
    Closed,
    FromMouth,
    FromSenses,
    Health,
    Heard,
    Loud,
    NotHeard,
    Spoken,
    State,
    Tuned,
    Wake,
    Yielded,
)
from intents.home import Home

_TUNED_COST = MOMENT_COST + KINDS["tuned"] + 1 + SHARE_COST + 4 * log2(MOST_TALLIED + 1)
_MOUTH_BURST = 8_000.0
_MOUTH_RATE = 64.0
"""Bits a second: three sentences. The mouth knows nothing that the house did not tell it, so this
keeps it from shouting and is no bound on secrets."""
_SPOKEN_COST = 9.0
_LONGEST_SPEECH = 600.0
_LAST_ID = 2**31


class SensesDoor:
    """`now` is always seconds of one monotonic clock."""

    def __init__(self, language: str, permission: Permission, grammars: Grammars) -> None:
        added = grammars.added
        self._language: LanguageForm = form_of(added.all) if added else language_form(language)
        self.refusals = Refusals()
        self.loudness = LoudnessDoor()
        self._budget = budget = Budget()
        vocabulary = Vocabulary(self._language, Home())
        self._standing = Standing("senses", OWN, budget, self.refusals)
        self._ears = {
            ear: Turns(permission, grammars, Home(), vocabulary, budget, ear)
            for ear in permission.rooms
        }
        self._last = self._ears[MICROPHONE]
        self._malformed = 0
        self._tuning = False

    @property
    def ears(self) -> tuple[str, ...]:
        """The hub's own first."""
        return tuple(self._ears)

    def room(self, ear: str) -> str | None:
        """Where it stands."""
        return self._ears[ear].room

    def ear_in(self, room: str | None) -> str:
        """The one that stands there, else the hub's own."""
        own = self.room(MICROPHONE)
        there = (ear for ear in self._ears if room not in (None, own) and self.room(ear) == room)
        return next(there, MICROPHONE)

    def learn(self, home: Home) -> None:
        """The names of the home, as senses was told them."""
        vocabulary = Vocabulary(self._language, home)
        for turns in self._ears.values():
            turns.home, turns.vocabulary = home, vocabulary

    def restarted(self) -> None:
        """Senses is another process now."""
        self._standing.restarted()
        for turns in self._ears.values():
            turns.restarted()

    def expect_tuning(self) -> None:
        """The owner has asked: senses may propose a sensitivity, once."""
        self._tuning = True

    def expect_answer(self, now: float, ear: str = MICROPHONE) -> bool:
        """The house will ask this ear to listen: one turn may be answered without a wake word.

        False where an answer to a wake word is awaited already, or too few bits are left for one.
        """
        expected = self._ears[ear].expect(now)
        if expected:
            self._standing.state = "listening"  # the house knows, so senses need not tell
        return expected

    def malformed(self, total: int, now: float) -> None:
        """`total` lines were no message at all, since the start (Decoder.refused)."""
        if total > self._malformed:
            self.refusals.count("malformed", now, total - self._malformed)
            self._malformed = total

    def admit(self, message: FromSenses, now: float) -> tuple[FromSenses, ...]:
        """What the house may hear of it: nothing, or one message and the state that follows."""
        admitted = self._judge(message, now)
        if isinstance(admitted, Refused):
            self.refusals.count(admitted.reason, now)
            return ()
        return admitted

    def texts(self, now: float) -> Texts:
        """The words or suggestions of the turn just let in; asked for after the deed."""
        return TextCheck(self._last, self.refusals).check(now)

    def _judge(self, message: FromSenses, now: float) -> tuple[FromSenses, ...] | Refused:
        ear = MICROPHONE if message.source == "senses" else message.source
        turns = self._ears.get(ear)
        if turns is None:
            return Refused("bad_source")
        match message:
            case State():
                return self._state(turns, message, now)
            case Closed():
                return self._standing.take_closed(message, now)
            case Health():
                return self._standing.take_health(message, now)
            case Tuned():
                return self._tuned(message, now)
            case Loud():
                return self.loudness.take(message.step, now)
            case Wake() | Heard() | NotHeard() | Yielded():
                return self._of_turn(turns, message, now)

    def _of_turn(
        self, turns: Turns, message: Wake | Heard | NotHeard | Yielded, now: float
    ) -> tuple[FromSenses, ...] | Refused:
        match message:
            case Wake():
                return self._followed(turns.take_wake(message, now), "listening")
            case _ if not turns.answers(message.turn):
                return Refused("out_of_order")
            case Heard():
                self._last = turns
                return self._followed(turns.take_heard(message, now), "idle")
            case NotHeard():
                self._last = turns
                return self._followed(turns.take_not_heard(message, now), "idle")
            case Yielded():
                return self._followed(turns.take_yielded(now), "listening")

    def _tuned(self, told: Tuned, now: float) -> tuple[Tuned, ...] | Refused:
        if not self._tuning:
            return Refused("out_of_order")
        if not self._budget.pay(_TUNED_COST, now):
            return Refused("too_often")
        self._tuning = False
        proposed = None if told.sensitivity is None else share(told.sensitivity)
        return (
            Tuned(
                source="senses",
                sensitivity=proposed,
                words=told.words,
                missed=told.missed,
                others=told.others,
                waking=told.waking,
            ),
        )

    def _followed(
        self, turn: Wake | Heard | NotHeard | Yielded | Refused, by: Literal["listening", "idle"]
    ) -> tuple[FromSenses, ...] | Refused:
        """The state that follows is no news, so it is not awaited."""
        if isinstance(turn, Refused):
            return turn
        self._standing.state = by
        return turn, State(source="senses", state=by)

    def _state(self, turns: Turns, told: State, now: float) -> tuple[State, ...] | Refused:
        """Whose state it is is not told: the house knows it by the turns."""
        in_turn = told.state in ("listening", "processing")
        if told.state == "speaking" or (
            in_turn and not turns.is_open and told.state != self._standing.state
        ):
            return Refused("out_of_order")
        return self._standing.take_state(told, now)


class MouthDoor:
    def __init__(self) -> None:
        self.refusals = Refusals()
        self._budget = Budget(_MOUTH_BURST, _MOUTH_RATE)
        self._standing = Standing("mouth", OWN, self._budget, self.refusals)

    def restarted(self) -> None:
        self._standing.restarted()

    def admit(self, message: FromMouth, now: float) -> tuple[FromMouth, ...]:
        admitted = self._judge(message, now)
        if isinstance(admitted, Refused):
            self.refusals.count(admitted.reason, now)
            return ()
        return admitted

    def _judge(self, message: FromMouth, now: float) -> tuple[FromMouth, ...] | Refused:
        if message.source != "mouth":
            return Refused("bad_source")
        match message:
            case State(state="listening" | "processing"):
                return Refused("out_of_order")
            case State():
                return self._standing.take_state(message, now)
            case Closed():
                return self._standing.take_closed(message, now)
            case Health():
                return self._standing.take_health(message, now)
            case Spoken():
                return self._spoken(message, now)

    def _spoken(self, told: Spoken, now: float) -> tuple[Spoken, ...] | Refused:
        if not (0 <= told.id < _LAST_ID and 0 <= told.seconds <= _LONGEST_SPEECH):
            return Refused("long_number")
        if not self._budget.pay(_SPOKEN_COST, now):
            return Refused("too_often")
        self._standing.state = None
        return (Spoken(source="mouth", id=told.id, seconds=round(told.seconds, 2)),)
