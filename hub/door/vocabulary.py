"""What can be wished in one language and one home: the values of each slot, and what they cost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2

from hub.door.language import LanguageForm
from hub.door.refusals import Refused
from hub.door.text import Lexicon, lexicon, looks_encoded
from intents.home import Area, Entity, Floor, Home
from intents.own import HomeList, Values
from intents.wishes import Slot

_LARGEST = 1_000_000
_DECIMALS = 2
_RARE = 1 / 16
"""Share of wishes that need what is ours: an intent, a slot, a value."""
RARE, USUAL = -log2(_RARE), -log2(1 - _RARE)
"""Bits that say so, and that it is not."""


@dataclass(frozen=True, slots=True)
class Open:
    """A value that is free text: to be tidied and paid for by its letters."""

    text: str


class Vocabulary:
    """A language in a home."""

    def __init__(self, language: LanguageForm, home: Home) -> None:
        self.intents = {**language.own, **language.intents}
        self._own = language.own.keys()
        self._names: dict[HomeList, frozenset[str]] = {
            "name": frozenset(_spoken(home.entities)),
            "area": frozenset(_spoken(home.areas)),
            "floor": frozenset(floor.name for floor in home.floors),
            "view": frozenset(view.name for view in home.views),
        }
        self._closed: dict[Values, frozenset[Slot]] = {}
        names = (name for names in self._names.values() for name in names)
        self.lexicon: Lexicon = lexicon((*language.texts, *names))

    def closed_values(self, form: Values) -> frozenset[Slot]:
        """Made once for slots that are alike: most are."""
        if not form.lists:
            return form.closed
        if form not in self._closed:
            self._closed[form] = form.closed.union(*(self._names[each] for each in form.lists))
        return self._closed[form]

    def value(self, form: Values, told: Slot) -> Slot | Open | Refused:
        """The door's own value: whole numbers as int, and never minus nothing."""
        plain = int(told) if isinstance(told, float) and told.is_integer() else told
        if plain in self.closed_values(form):
            return plain
        if isinstance(plain, str):
            return _open(form, plain)
        fits = abs(plain) <= _LARGEST and round(plain, _DECIMALS) == plain
        return Refused("unknown_value" if fits else "long_number")

    def intent_bits(self, intent: str) -> float:
        if intent in self._own:
            return RARE + log2(len(self._own))
        return USUAL + log2(len(self.intents) - len(self._own))

    def bits(self, form: Values) -> float:
        """Of any closed value: one of so many, and not open text."""
        return log2(len(self.closed_values(form))) + form.open


def _open(form: Values, text: str) -> Open | Refused:
    if form.open:
        return Open(text)
    return Refused("looks_encoded" if looks_encoded(text) else "unknown_value")


def _spoken(things: Iterable[Entity | Area | Floor]) -> Iterator[str]:
    for thing in things:
        yield from (name.strip() for name in (thing.name, *thing.aliases) if name.strip())
