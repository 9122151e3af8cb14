"""What came of a wake word: a command, or nothing. The door says it anew, in its own numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2

from hub.door.budget import MOMENT_COST, Budget
from hub.door.measures import SECONDS_COST, SHARE_COST, share, timing
from hub.door.refusals import Refused
from hub.door.standing import KINDS
from hub.door.vocabulary import Vocabulary
from hub.door.wishes import price_all
from hub.fields import MICROPHONE, MOST_WISHES
from hub.grammars import Grammars
from hub.messages import Heard, NotHeard, Wake, WishLine, Yielded
from intents.home import Home
from intents.wishes import NotUnderstood, Wish

MOST_NEAREST = 3
WAKE_COST = MOMENT_COST + KINDS["wake"] + SHARE_COST
"""Bits of a wake word, where there is one."""
ANSWER = 100.0
"""Bits that must be left when a wake word is let in: whoever was let in is also answered."""
HEARD_COST = MOMENT_COST + KINDS["heard"] + SHARE_COST + SECONDS_COST + 1
"""Bits of a command, less its wishes and its words."""
NOT_HEARD_COST = (
    MOMENT_COST + KINDS["not_heard"] + log2(4) + SHARE_COST + SECONDS_COST + MOST_NEAREST
)
YIELDED_COST = MOMENT_COST + KINDS["yielded"]
_NESTED = "conversation_command"
"""The slot that holds a command for later."""


@dataclass(frozen=True, slots=True)
class Permission:
    """What the owner lets cross, and what the ears were set to. `rooms`: ear -> where it stands."""

    wake_words: frozenset[str]
    rooms: Mapping[str, str | None] = field(default_factory=lambda: {MICROPHONE: None})
    words: bool = True
    open_text: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """The texts of a turn, as told; `wishes`: what was let in of it."""

    words: str | None = field(default=None, repr=False)
    wishes: tuple[WishLine, ...] = ()
    nearest: tuple[str, ...] = field(default=(), repr=False)


@dataclass
class Turns:
    """Of one `ear`. `number` counts the turns let in: it is the door's own, so it tells nothing.
    `told`: what senses calls the one after a wake word; it only joins the answer to that. None
    where the house itself asked: then the next answer is the one.
    """

    permission: Permission
    grammars: Grammars
    home: Home
    vocabulary: Vocabulary
    budget: Budget
    ear: str = MICROPHONE
    number: int = 0
    told: int | None = None
    is_open: bool = False
    unchecked: Said = field(default_factory=Said)

    def restarted(self) -> None:
        self.told, self.is_open = None, False

    @property
    def room(self) -> str | None:
        return self.permission.rooms[self.ear]

    @property
    def _which(self) -> float:
        """Bits that say which ear it was."""
        return log2(len(self.permission.rooms))

    def _close(self, said: Said) -> None:
        self.is_open, self.unchecked = False, said

    def take_wake(self, told: Wake, now: float) -> Wake | Refused:
        if told.word not in self.permission.wake_words:
            return Refused("unknown_wake_word")
        cost = WAKE_COST + log2(len(self.permission.wake_words)) + self._which
        if not self.budget.pay(cost, now, leave=ANSWER):
            return Refused("too_often")
        self.told, self.is_open = told.turn, True
        self.number += 1
        score = share(told.score)
        return Wake(source=self.ear, turn=self.number, word=told.word, score=score)

    def expect(self, now: float) -> bool:
        """The house asked something: one answer needs no wake word. False: it could not come in."""
        if self.is_open or self.budget.left(now) < ANSWER:
            return False
        self.told, self.is_open = None, True
        self.number += 1
        return True

    def answers(self, turn: int) -> bool:
        """Whether the answer that senses gives to this turn of its own is awaited."""
        return self.is_open and self.told in (None, turn)

    def take_heard(self, told: Heard, now: float) -> Heard | Refused:
        if told.area not in (None, self.room):
            return Refused("unknown_area")
        if len(told.wishes) > MOST_WISHES:
            return Refused("too_often")
        priced = price_all(told.wishes, self.vocabulary, open_text=self.permission.open_text)
        if isinstance(priced, Refused):
            return priced
        if not self.budget.pay(HEARD_COST + self._which + priced.bits, now):
            return Refused("too_often")
        wishes = priced.wishes
        if not all(map(self._later_is_understood, wishes)):
            return Refused("unknown_value")
        self._close(Said(told.words, wishes))
        return Heard(
            source=self.ear,
            turn=self.number,
            area=self.room,
            wishes=wishes,
            confidence=share(told.confidence),
            seconds=timing(told.seconds),
        )

    def _later_is_understood(self, wish: WishLine) -> bool:
        later = wish.slots.get(_NESTED)
        return later is None or bool(self.understood(str(later)))

    def take_not_heard(self, told: NotHeard, now: float) -> NotHeard | Refused:
        if not self.budget.pay(NOT_HEARD_COST + self._which, now):
            return Refused("too_often")
        self._close(Said(nearest=told.nearest[:MOST_NEAREST]))
        return NotHeard(
            source=self.ear,
            turn=self.number,
            reason=told.reason,
            confidence=share(told.confidence),
            seconds=timing(told.seconds),
        )

    def take_yielded(self, now: float) -> Yielded | Refused:
        if not self.budget.pay(YIELDED_COST + self._which, now):
            return Refused("too_often")
        self._close(Said())
        return Yielded(source=self.ear, turn=self.number)

    def understood(self, text: str) -> tuple[Wish, ...]:
        """What the house itself makes of it; 10 to 25 ms in a home of 260 entities."""
        found = self.grammars.of(self.home).parse(text, self.room)
        return () if isinstance(found, NotUnderstood) else found
