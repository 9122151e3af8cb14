"""A wish checked against what can be wished in this home, made anew, and what it costs in bits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log2

from hub.door.language import IntentForm
from hub.door.measures import SHARE_COST, share
from hub.door.refusals import Refused
from hub.door.text import tidy
from hub.door.vocabulary import RARE, USUAL, Open, Vocabulary
from hub.fields import SLOT_LIMIT
from hub.messages import WishLine
from intents.own import Values
from intents.wishes import Slot


@dataclass(frozen=True, slots=True)
class Priced:
    """Wishes of the door's own making, and the bits of all."""

    wishes: tuple[WishLine, ...]
    bits: float


def price_all(
    told: Sequence[WishLine], vocabulary: Vocabulary, *, open_text: bool
) -> Priced | Refused:
    """One more wish, or no more: a bit each."""
    wishes: list[WishLine] = []
    bits = 0.0
    for each in told:
        priced = _price(each, vocabulary, open_text=open_text)
        if isinstance(priced, Refused):
            return priced
        wishes += priced.wishes
        bits += 1 + priced.bits
    return Priced(tuple(wishes), bits)


def _price(told: WishLine, vocabulary: Vocabulary, *, open_text: bool) -> Priced | Refused:
    form = vocabulary.intents.get(told.intent)
    if form is None:
        return Refused("unknown_intent")
    if not form.fits(told.slots.keys()):
        return Refused("unknown_slot")
    if told.response not in form.responses:
        return Refused("unknown_value")
    score = share(told.score)
    bits = _frame_bits(form, told, vocabulary) + (0 if score == 1 else SHARE_COST)
    slots: dict[str, Slot] = {}
    for name in sorted(told.slots):
        priced = _slot(form, name, told.slots[name], vocabulary, open_text=open_text)
        if isinstance(priced, Refused):
            return priced
        slots[name] = priced.value
        bits += priced.bits
    wish = WishLine(intent=told.intent, slots=slots, score=score, response=told.response)
    return Priced((wish,), bits)


def _frame_bits(form: IntentForm, told: WishLine, vocabulary: Vocabulary) -> float:
    """Which intent, which of its slots, which response, and whether the score is 1."""
    ours = form.added.keys() - form.slots.keys()
    there = len(ours & told.slots.keys())
    slots = form.optional + there * RARE + (len(ours) - there) * USUAL
    return vocabulary.intent_bits(told.intent) + slots + log2(len(form.responses)) + 1


@dataclass(frozen=True, slots=True)
class _Value:
    value: Slot
    bits: float


def _slot(
    form: IntentForm, name: str, told: Slot, vocabulary: Vocabulary, *, open_text: bool
) -> _Value | Refused:
    """A value of the language or, seldom, one of ours."""
    usual, ours = form.slots.get(name), form.added.get(name)
    if usual is None or ours is None:
        return _value(usual or ours or Values(), told, vocabulary, open_text=open_text)
    value = _value(usual, told, vocabulary, open_text=open_text)
    if not isinstance(value, Refused):
        return replace(value, bits=value.bits + USUAL)
    value = _value(ours, told, vocabulary, open_text=open_text)
    return value if isinstance(value, Refused) else replace(value, bits=value.bits + RARE)


def _value(
    form: Values, told: Slot, vocabulary: Vocabulary, *, open_text: bool
) -> _Value | Refused:
    match vocabulary.value(form, told):
        case Refused() as refused:
            return refused
        case Open(text=text):
            return _open(text, form, vocabulary) if open_text else Refused("text_is_off")
        case value:
            return _Value(value, vocabulary.bits(form))


def _open(told: str, form: Values, vocabulary: Vocabulary) -> _Value | Refused:
    text = tidy(told, SLOT_LIMIT)
    if isinstance(text, Refused):
        return text
    either = bool(form.closed or form.lists)
    return _Value(text, either + vocabulary.lexicon.bits(text))
