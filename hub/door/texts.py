"""The texts of a turn: looked at after the deed, since the house has to understand them itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hub.door.budget import RESERVE
from hub.door.refusals import Refusals, Refused
from hub.door.text import tidy
from hub.door.turns import Said, Turns
from hub.door.vocabulary import Open
from hub.fields import WORDS_LIMIT
from hub.messages import WishLine
from intents.filling import OPEN
from intents.wishes import Slot, Wish

_ANYTHING = "something"
"""Stands where a suggestion leaves a place for anybody's words."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What may be shown of a turn. `words`: of a command; `nearest`: of one not understood."""

    words: str | None = field(default=None, repr=False)
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextCheck:
    turns: Turns
    refusals: Refusals

    def check(self, now: float) -> Texts:
        """Of the last turn, once."""
        said, self.turns.unchecked = self.turns.unchecked, Said()
        nearest = [each for each in said.nearest if self._is_suggestion(each, now)]
        return Texts(self._words(said, now), tuple(nearest))

    def _words(self, said: Said, now: float) -> str | None:
        """Only those in which the house finds the same wishes."""
        if said.words is None:
            return None
        if not self.turns.permission.words:
            self.refusals.count("text_is_off", now)
            return None
        words = self._paid(said.words, now)
        if words is None:
            return None
        if _bare(self.turns.understood(words)) == _bare(said.wishes):
            return words
        self.refusals.count("words_differ", now)
        return None

    def _is_suggestion(self, told: str, now: float) -> bool:
        """A sentence of this home's own grammar, in which nobody's words can stand."""
        text = self._paid(told, now)
        if text is None:
            return False
        found = self.turns.understood(text.replace(OPEN, _ANYTHING))
        if text == told and found and not any(self._has_words(wish) for wish in found):
            return True
        self.refusals.count("words_differ", now)
        return False

    def _has_words(self, wish: Wish) -> bool:
        vocabulary = self.turns.vocabulary
        form = vocabulary.intents.get(wish.intent)
        if form is None or not form.fits(wish.slots.keys()):
            return True  # nothing that could be told: nobody knows what it is
        usual = ((form.slots.get(name), value) for name, value in wish.slots.items())
        return any(
            slot is not None and isinstance(vocabulary.value(slot, value), Open)
            for slot, value in usual
            if value != _ANYTHING
        )

    def _paid(self, told: str, now: float) -> str | None:
        """Paid before it is looked at, so that looking cannot be made to take for ever."""
        text = tidy(told, WORDS_LIMIT)
        if isinstance(text, Refused):
            self.refusals.count(text.reason, now)
            return None
        cost = self.turns.vocabulary.lexicon.bits(text)
        if not self.turns.budget.pay(cost, now, leave=RESERVE):
            self.refusals.count("too_much_text", now)
            return None
        return text


def _bare(wishes: Sequence[Wish | WishLine]) -> list[tuple[str, dict[str, Slot], str]]:
    return [(wish.intent, dict(wish.slots), wish.response) for wish in wishes]
