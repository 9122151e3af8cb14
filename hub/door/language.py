"""What can be wished in one language, without any home: read from its sentence templates."""

from collections.abc import Iterator, KeysView, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

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

from intents.languages import load
from intents.own import ADDED, OWN, HomeList, Values
from intents.recognized import plain

_HOME_LISTS: tuple[HomeList, ...] = ("name", "area", "floor")
_PLACES = frozenset(_HOME_LISTS)
_STEP = "_step"
"""What a slot's name ends in that says by how much more, in place of how much."""
_PLAIN_ANSWER = frozenset({"default"})
_TOGGLE = (("HassToggle", ADDED["HassToggle"]),)
"""Home Assistant has it, and most languages no sentence for it."""


@dataclass(frozen=True, slots=True)
class IntentForm:
    """`added`: slots of ours beside the language's own, and values of ours in those. `needed`:
    slots that every sentence of the intent fills; whoever grants it relies on them, or their steps.
    """

    slots: Mapping[str, Values]
    responses: frozenset[str]
    needed: frozenset[str] = frozenset()
    added: Mapping[str, Values] = field(default_factory=dict)

    def fits(self, slots: KeysView[str]) -> bool:
        """Whether it has all of these, and none is missing."""
        if not slots <= self.slots.keys() | self.added.keys():
            return False
        return all(slot in slots or f"{slot}{_STEP}" in slots for slot in self.needed)

    @property
    def optional(self) -> int:
        """How many of the language's own slots may be there or not."""
        return sum(slot not in self.needed or f"{slot}{_STEP}" in self.added for slot in self.slots)


@dataclass(frozen=True, slots=True)
class LanguageForm:
    """`intents`: those that the language has sentences for; `own`: ours. `texts`: of all
    templates, in pieces.
    """

    intents: Mapping[str, IntentForm]
    texts: frozenset[str]
    own: Mapping[str, IntentForm] = field(default_factory=dict)


@lru_cache(maxsize=4)
def language_form(code: str) -> LanguageForm:
    """Pure. Raises intents.languages.UnknownLanguageError."""
    return form_of(load(code).intents)


def form_of(intents: Intents) -> LanguageForm:
    """Of all these sentences; half a second of work."""
    forms = {name: _intent(intents, intent) for name, intent in intents.intents.items()}
    forms |= {name: _added_to(forms[name], ADDED[name]) for name in ADDED if name in forms}
    ours = {name: slots for name, slots in (*OWN.items(), *_TOGGLE) if name not in forms}
    own = {name: IntentForm(slots, _PLAIN_ANSWER) for name, slots in ours.items()}
    return LanguageForm(forms, frozenset(_texts(intents)), own)


def _added_to(form: IntentForm, added: Mapping[str, Values]) -> IntentForm:
    """With slots of ours; "it" and "all but the hall" stand for a name or room that was needed."""
    return replace(
        form,
        responses=form.responses | _PLAIN_ANSWER,
        needed=form.needed - _PLACES,
        added=added,
    )


def _intent(intents: Intents, intent: Intent) -> IntentForm:
    slots: dict[str, Values] = {}
    for data in intent.data:
        for name, form in _slots(intents, data):
            slots[name] = slots.get(name, Values()) | form
    responses = frozenset(data.response or "default" for data in intent.data)
    return IntentForm(slots, responses, _needed(intents, intent))


def _needed(intents: Intents, intent: Intent) -> frozenset[str]:
    filled = (each for data in intent.data for each in _filled(intents, data))
    needed = next(filled, frozenset())
    while needed and (other := next(filled, None)) is not None:
        needed &= other
    return needed


def _slots(intents: Intents, data: IntentData) -> Iterator[tuple[str, Values]]:
    rules = {**intents.expansion_rules, **data.expansion_rules}
    lists = {**intents.slot_lists, **data.slot_lists}
    for sentence in data.sentences:
        for reference in _references(sentence.expression, rules):
            if not reference.is_capture:
                yield reference.slot_name, _form(reference, lists)
    for name, value in data.slots.items():
        yield name, Values(frozenset({plain(value)}))
    for key, required in data.requires_context.items():
        if isinstance(required, dict) and required.get("slot") and key in _HOME_LISTS:
            yield key, Values(lists=frozenset({key}))


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


def _form(reference: ListReference, lists: Mapping[str, SlotList]) -> Values:
    name = reference.list_name
    if name in _HOME_LISTS:
        return Values(lists=frozenset({name}))
    if span := reference.get_inline_range():
        return Values(frozenset(range(span[0], span[1] + 1, span[2])))
    match lists[name]:
        case TextSlotList(values=values):
            return Values(frozenset(plain(value.value_out) for value in values))
        case RangeSlotList() as numbers:
            times = 1 if numbers.multiplier is None else numbers.multiplier
            return Values(frozenset(plain(number * times) for number in numbers.get_numbers()))
        case _:
            return Values(open=True)


def _texts(intents: Intents) -> Iterator[str]:
    """Every text of the templates, in pieces."""
    yield from _shared_texts(intents)
    for intent in intents.intents.values():
        for data in intent.data:
            yield from _shared_texts(data)
            for sentence in data.sentences:
                yield from _chunks(sentence.expression)


def _shared_texts(of: Intents | IntentData) -> Iterator[str]:
    """Of rules and lists."""
    for rule in of.expansion_rules.values():
        yield from _chunks(rule.expression)
    for slots in of.slot_lists.values():
        if isinstance(slots, TextSlotList):
            for value in slots.values:
                yield from _chunks(value.text_in)


def _chunks(expression: Expression) -> Iterator[str]:
    match expression:
        case TextChunk():
            yield expression.original_text
        case Group():
            for item in expression.items:
                yield from _chunks(item)
        case _:
            return
