"""What can be wished in one language and one home: intents, their slots, and the values of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Literal

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    RuleReference,
    Sentence,
    TextChunk,
)
from hassil.intents import Intent, IntentData, Intents, RangeSlotList, SlotList, TextSlotList

from hub.door.refusals import Refused
from hub.door.text import Lexicon, lexicon, looks_encoded
from intents.home import Area, Entity, Floor, Home
from intents.languages import load
from intents.wishes import Slot

HomeList = Literal["name", "area", "floor"]
_HOME_LISTS: tuple[HomeList, ...] = ("name", "area", "floor")
_LARGEST = 1_000_000
_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Form:
    """Where the values of one slot come from; `open`: any text may stand there."""

    values: frozenset[Slot] = frozenset()
    lists: frozenset[HomeList] = frozenset()
    open: bool = False

    def __or__(self, other: "Form") -> "Form":
        lists = self.lists | other.lists
        return Form(self.values | other.values, lists, self.open or other.open)


@dataclass(frozen=True, slots=True)
class IntentForm:
    """`needed`: slots that every sentence of the intent fills; whoever grants it relies on them."""

    slots: Mapping[str, Form]
    responses: frozenset[str]
    needed: frozenset[str]


@dataclass(frozen=True, slots=True)
class LanguageForm:
    """A language without any home."""

    intents: Mapping[str, IntentForm]
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Open:
    """A value that is free text: to be tidied and paid for by its letters."""

    text: str


class Vocabulary:
    """A language in a home."""

    def __init__(self, language: LanguageForm, home: Home) -> None:
        self.intents = language.intents
        self._names: dict[HomeList, frozenset[str]] = {
            "name": frozenset(_spoken(home.entities)),
            "area": frozenset(_spoken(home.areas)),
            "floor": frozenset(floor.name for floor in home.floors),
        }
        names = (name for names in self._names.values() for name in names)
        self.lexicon: Lexicon = lexicon((*language.texts, *names))

    def closed_values(self, form: Form) -> frozenset[Slot]:
        return form.values.union(*(self._names[each] for each in form.lists))

    def value(self, form: Form, told: Slot) -> Slot | Open | Refused:
        """The door's own value: whole numbers as int, and never minus nothing."""
        plain = int(told) if isinstance(told, float) and told.is_integer() else told
        if plain in self.closed_values(form):
            return plain
        if isinstance(plain, str):
            return _open(form, plain)
        fits = abs(plain) <= _LARGEST and round(plain, _DECIMALS) == plain
        return Refused("unknown_value" if fits else "long_number")

    def bits(self, form: Form) -> float:
        """Of any closed value: one of so many, and not open text."""
        return log2(len(self.closed_values(form))) + form.open


def _open(form: Form, text: str) -> Open | Refused:
    if form.open:
        return Open(text)
    return Refused("looks_encoded" if looks_encoded(text) else "unknown_value")


def _spoken(things: Iterable[Entity | Area | Floor]) -> Iterator[str]:
    for thing in things:
        yield from (name.strip() for name in (thing.name, *thing.aliases) if name.strip())


@lru_cache(maxsize=4)
def language_form(code: str) -> LanguageForm:
    """Pure, and half a second of work. Raises intents.languages.UnknownLanguageError."""
    intents = load(code).intents
    forms = {name: _intent(intents, intent) for name, intent in intents.intents.items()}
    return LanguageForm(forms, frozenset(_texts(intents)))


def _intent(intents: Intents, intent: Intent) -> IntentForm:
    slots: dict[str, Form] = {}
    for data in intent.data:
        for name, form in _slots(intents, data):
            slots[name] = slots.get(name, Form()) | form
    responses = frozenset(data.response or "default" for data in intent.data)
    return IntentForm(slots, responses, _needed(intents, intent))


def _needed(intents: Intents, intent: Intent) -> frozenset[str]:
    filled = (each for data in intent.data for each in _filled(intents, data))
    needed = next(filled, frozenset())
    while needed and (other := next(filled, None)) is not None:
        needed &= other
    return needed


def _slots(intents: Intents, data: IntentData) -> Iterator[tuple[str, Form]]:
    rules = {**intents.expansion_rules, **data.expansion_rules}
    lists = {**intents.slot_lists, **data.slot_lists}
    for sentence in data.sentences:
        for reference in _references(sentence.expression, rules):
            if not reference.is_capture:
                yield reference.slot_name, _form(reference, lists)
    for name, value in data.slots.items():
        yield name, Form(frozenset({plain(value)}))
    for key, required in data.requires_context.items():
        if isinstance(required, dict) and required.get("slot") and key in _HOME_LISTS:
            yield key, Form(lists=frozenset({key}))


def _filled(intents: Intents, data: IntentData) -> Iterator[frozenset[str]]:
    """For each sentence the slots that are filled whatever is said."""
    rules = {**intents.expansion_rules, **data.expansion_rules}
    for sentence in data.sentences:
        yield _always(sentence.expression, rules).union(data.slots)


def _always(expression: Expression, rules: Mapping[str, Sentence]) -> frozenset[str]:
    match expression:
        case ListReference(is_capture=False, slot_name=name):
            return frozenset({name})
        case RuleReference(rule_name=name):
            return _always(rules[name].expression, rules)
        case Alternative(items=items) if items:
            return frozenset.intersection(*(_always(item, rules) for item in items))
        case Group(items=items):
            return frozenset().union(*(_always(item, rules) for item in items))
        case _:
            return frozenset()


def _references(expression: Expression, rules: Mapping[str, Sentence]) -> Iterator[ListReference]:
    match expression:
        case ListReference():
            yield expression
        case RuleReference():
            yield from _references(rules[expression.rule_name].expression, rules)
        case Group():
            for item in expression.items:
                yield from _references(item, rules)
        case _:
            return


def _form(reference: ListReference, lists: Mapping[str, SlotList]) -> Form:
    name = reference.list_name
    if name in _HOME_LISTS:
        return Form(lists=frozenset({name}))
    if span := reference.get_inline_range():
        return Form(frozenset(range(span[0], span[1] + 1, span[2])))
    match lists[name]:
        case TextSlotList(values=values):
            return Form(frozenset(plain(value.value_out) for value in values))
        case RangeSlotList() as numbers:
            times = 1 if numbers.multiplier is None else numbers.multiplier
            return Form(frozenset(plain(number * times) for number in numbers.get_numbers()))
        case _:
            return Form(open=True)


def plain(value: object) -> Slot:
    """A value of a sentence file as the grammar gives it in a wish."""
    match value:
        case list() | tuple() if value:
            return plain(value[0])
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return int(value)
        case int() | float() | str():
            return value
        case _:
            return str(value)


def _texts(intents: Intents) -> Iterator[str]:
    """Every text of the templates, in pieces."""
    for rule in intents.expansion_rules.values():
        yield from _chunks(rule.expression)
    for slots in intents.slot_lists.values():
        if isinstance(slots, TextSlotList):
            for value in slots.values:
                yield from _chunks(value.text_in)
    for intent in intents.intents.values():
        for data in intent.data:
            for sentence in data.sentences:
                yield from _chunks(sentence.expression)


def _chunks(expression: Expression) -> Iterator[str]:
    match expression:
        case TextChunk():
            yield expression.original_text
        case Group():
            for item in expression.items:
                yield from _chunks(item)
        case _:
            return
