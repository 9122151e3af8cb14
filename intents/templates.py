"""The templates of a language, filled with the names of one home: what can be said to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    RuleReference,
    Sentence,
    TextChunk,
)
from hassil.intents import IntentData, Intents, RangeSlotList, SlotList, TextSlotList

from intents.home import Home


class NothingFitsError(Exception):
    """Nothing could stand here: this home has no such name, or free text is not wanted."""


class Taste(Protocol):
    """Which of many sentences a template becomes."""

    def wording(self, texts: Iterable[str]) -> str:
        """Of ways to say the same, at least one; of what may be left out the first is empty."""
        ...

    def value(self, texts: tuple[str, ...]) -> str:
        """Of names, or of other values; at least one."""
        ...

    def number(self, numbers: range) -> int: ...

    def free_text(self) -> str:
        """What stands in its place. Raises NothingFitsError where there shall be none."""
        ...


@dataclass(frozen=True, slots=True)
class HomeTemplates:
    intents: Intents
    lists: Mapping[str, SlotList]
    rules: dict[str, Sentence]
    home: Home

    def all(self) -> Iterable[tuple[IntentData, Sentence]]:
        for intent in self.intents.intents.values():
            for data in intent.data:
                for template in data.sentences:
                    yield data, template

    def filled(self, data: IntentData, template: Sentence, taste: Taste) -> str:
        """Raises NothingFitsError."""
        lists, rules = {**self.lists, **data.slot_lists}, {**self.rules, **data.expansion_rules}
        filler = _Filler(taste, self._names(data), lists, rules)
        return " ".join(filler.fill(template.expression).split())

    def _names(self, data: IntentData) -> Mapping[str, tuple[str, ...]]:
        domains = data.requires_context.get("domain")
        wanted = {domains} if isinstance(domains, str) else set(domains or ())
        home = self.home
        return {
            "name": tuple(e.name for e in home.entities if e.domain in wanted or not wanted),
            "area": tuple(area.name for area in home.areas),
            "floor": tuple(floor.name for floor in home.floors),
        }


@dataclass(frozen=True, slots=True)
class _Filler:
    taste: Taste
    names: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, SlotList]
    rules: Mapping[str, Sentence]

    def fill(self, expression: Expression) -> str:
        """Raises NothingFitsError."""
        match expression:
            case TextChunk():
                return expression.original_text
            case Alternative():
                return self.taste.wording(self.fill(item) for item in _open(expression))
            case Group():
                return "".join(self.fill(item) for item in expression.items)
            case RuleReference() if expression.rule_name in self.rules:
                return self.fill(self.rules[expression.rule_name].expression)
            case ListReference():
                return self._list(expression.list_name)
            case _:
                raise NothingFitsError

    def _list(self, name: str) -> str:
        if name in self.names:
            return self._value(self.names[name])
        match self.lists.get(name):
            case TextSlotList(values=values):
                return self._value(self.fill(value.text_in) for value in values)
            case RangeSlotList(start=start, stop=stop, step=step):
                return str(self.taste.number(range(start, stop + 1, step)))
            case _:
                return self.taste.free_text()

    def _value(self, texts: Iterable[str]) -> str:
        found = tuple(texts)
        if not found:
            raise NothingFitsError
        return self.taste.value(found)


def _open(choice: Alternative) -> Iterable[Expression]:
    """What is optional is left out unless there is a reason for it."""
    return reversed(choice.items) if choice.is_optional else choice.items
