"""The sentences of a home's own grammar that lie nearest to one it did not understand.

What was said only chooses among them: no word and no number of it is ever repeated.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest

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

MOST = 5
LEAST = 0.4
"""Share of common words (Dice) below which a sentence is no help."""
TRIED = 80
"""Templates that are filled."""
OPEN = "..."
"""Stands for free text."""

_WORD = re.compile(r"\w+")


class _NothingFitsError(Exception):
    """No name of this home could stand here."""


@dataclass(frozen=True, slots=True)
class _Said:
    words: frozenset[str]

    def common(self, text: str) -> int:
        return len(self.words & _words(text))

    def nearness(self, text: str) -> float:
        words = _words(text)
        return 2 * len(self.words & words) / max(1, len(self.words) + len(words))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def nearness(said: str, sentence: str) -> float:
    """Share of common words (Dice), 0..1."""
    return _Said(_words(said)).nearness(sentence)


class Nearest:
    """Fills each template with this home's names so that it shares the most words."""

    def __init__(
        self,
        intents: Intents,
        lists: Mapping[str, SlotList],
        rules: dict[str, Sentence],
        home: Home,
    ) -> None:
        self._intents = intents
        self._lists = lists
        self._rules = rules
        self._home = home

    def to(self, text: str) -> tuple[str, ...]:
        """At most five, best first."""
        said = _Said(_words(text))
        near: dict[str, tuple[str, float]] = {}
        for data, template in nlargest(TRIED, self._templates(), key=self._promise(said)):
            filler = _Filler(said, self._names(data), self._lists, self._rules)
            try:
                sentence = " ".join(filler.fill(template.expression).split())
            except _NothingFitsError:
                continue
            near.setdefault(sentence.casefold(), (sentence, said.nearness(sentence)))
        best = nlargest(MOST, near.values(), key=lambda each: (each[1], -len(each[0])))
        return tuple(sentence for sentence, nearness in best if nearness >= LEAST)

    def _templates(self) -> Iterable[tuple[IntentData, Sentence]]:
        for intent in self._intents.intents.values():
            for data in intent.data:
                for template in data.sentences:
                    yield data, template

    def _promise(self, said: _Said) -> Callable[[tuple[IntentData, Sentence]], float]:
        """How much of what a template must hold was said; filling all would take too long."""

        def promise(each: tuple[IntentData, Sentence]) -> float:
            clauses = each[1].get_required_clauses(self._rules)
            met = sum(not said.words.isdisjoint(clause) for clause in clauses)
            return met - len(clauses) / 8  # of two that share as much, the shorter

        return promise

    def _names(self, data: IntentData) -> Mapping[str, tuple[str, ...]]:
        domains = data.requires_context.get("domain")
        wanted = {domains} if isinstance(domains, str) else set(domains or ())
        return {
            "name": tuple(e.name for e in self._home.entities if e.domain in wanted or not wanted),
            "area": tuple(area.name for area in self._home.areas),
            "floor": tuple(floor.name for floor in self._home.floors),
        }


@dataclass(frozen=True, slots=True)
class _Filler:
    said: _Said
    names: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, SlotList]
    rules: Mapping[str, Sentence]

    def fill(self, expression: Expression) -> str:
        """Raises _NothingFitsError."""
        match expression:
            case TextChunk():
                return expression.original_text
            case Alternative():
                return self._best(self.fill(item) for item in self._open(expression))
            case Group():
                return "".join(self.fill(item) for item in expression.items)
            case RuleReference() if expression.rule_name in self.rules:
                return self.fill(self.rules[expression.rule_name].expression)
            case ListReference():
                return self._list(expression.list_name)
            case _:
                raise _NothingFitsError

    def _open(self, choice: Alternative) -> Iterable[Expression]:
        """What is optional is left out unless it shares a word."""
        return reversed(choice.items) if choice.is_optional else choice.items

    def _best(self, texts: Iterable[str]) -> str:
        return max(texts, key=self.said.common)

    def _list(self, name: str) -> str:
        if name in self.names:
            return self._one_of(self.names[name])
        match self.lists.get(name):
            case TextSlotList(values=values):
                return self._one_of(self.fill(value.text_in) for value in values)
            case RangeSlotList(start=start, stop=stop, step=step):
                return str(start + (stop - start) // (2 * step) * step)
            case _:
                return OPEN

    def _one_of(self, texts: Iterable[str]) -> str:
        found = tuple(texts)
        if not found:
            raise _NothingFitsError
        return self._best(found)
