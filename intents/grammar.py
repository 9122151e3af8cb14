"""Text -> wishes: home-assistant-intents' sentences with the names of one home."""

from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property

from hassil.intents import SlotList
from hassil.models import MatchEntity
from hassil.numbers import get_rbnf_engine
from hassil.recognize import RecognizeResult, recognize_best

from intents.custom import Custom
from intents.home import Home, where
from intents.languages import known, load
from intents.names import Names
from intents.nearest import Nearest
from intents.plausible import plausible
from intents.spelling import spell
from intents.wishes import NotUnderstood, Slot, Understanding, Wish

NOWHERE = "\x00nowhere"
"""Stands for the area in which one speaks where nobody knows it; never leaves this file."""


class Grammar:
    """Everything that can be said in one language to one home.

    With `custom` its sentences stand instead of the language's own; they may use the lists and
    rules of the language. Raises UnknownLanguageError.
    """

    def __init__(self, language: str, home: Home, custom: Custom | None = None) -> None:
        self.language = known(language)
        self._home = home
        base = load(self.language).intents
        self._intents = custom.intents if custom else base
        self._lists: dict[str, SlotList] = {**base.slot_lists, **self._intents.slot_lists}
        self._rules = {**base.expansion_rules, **self._intents.expansion_rules}
        self._names = Names(home)
        self._best("turn on", None)  # hassil prepares its sentences now, not while someone waits
        with suppress(ValueError):  # a language without spelled numbers
            get_rbnf_engine(self.language)  # it opens a file, which a sealed process cannot later

    def parse(self, text: str, area: str | None = None) -> Understanding:
        """One sentence. `area`: name or id of the room in which it was said.

        Sentences that mean the room one is in ("turn on the lights") carry its name in the slot
        `area`; where nobody knows the room they carry none.
        """
        sentence = spell(text)
        result = self._best(sentence, area)
        if result is None:
            return NotUnderstood(self._nearest.to(sentence))
        return (_wish(result),)

    def _best(self, sentence: str, area: str | None) -> RecognizeResult | None:
        result = recognize_best(
            sentence,
            self._intents,
            slot_lists={**self._lists, **self._names.lists(sentence)},
            expansion_rules=self._rules,
            intent_context={"area": self._here(area)},
            language=self.language,
            best_slot_name="name",
        )
        if result is None or not plausible(result, self._home):
            return None
        later = result.entities.get("conversation_command")
        if later is not None and self._best(later.text_clean, area) is None:
            return None  # a command for later must be one now
        return result

    def _here(self, area: str | None) -> str:
        spot = where(self._home, area)
        return spot.name if spot else NOWHERE

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self._intents, self._lists, self._rules, self._home)


def _wish(result: RecognizeResult) -> Wish:
    return Wish(
        intent=result.intent.name,
        slots=dict(_slots(result.entities_list)),
        response=result.response or "default",
    )


def _slots(found: Iterable[MatchEntity]) -> Iterable[tuple[str, Slot]]:
    for each in found:
        if each.value != NOWHERE:
            yield each.name, _value(each.value)


def _value(value: object) -> Slot:
    """Whole numbers as int; of several values (a word for two kinds of cover) the first."""
    match value:
        case list() | tuple() if value:
            return _value(value[0])
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return int(value)
        case int() | float() | str():
            return value
        case _:
            return str(value)
