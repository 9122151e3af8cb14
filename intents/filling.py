"""Sentence templates made ready to be filled so that they share the most words with what was said.

All that does not depend on what was said is worked out once for a language: what is fixed is one
text, and what is chosen from fixed texts is found by their words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    RuleReference,
    Sentence,
    TextChunk,
)
from hassil.intents import IntentData, RangeSlotList, SlotList, TextSlotList

OPEN = "..."
"""Stands for free text."""
HOME_LISTS = frozenset({"name", "area", "floor"})
"""Lists that the home fills."""

_WORD = re.compile(r"\w+")


def words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


class NothingFits(Exception):
    """Something stands in the template that nobody here knows."""


class Texts:
    """Fixed texts, found by their words."""

    def __init__(self, texts: Sequence[str]) -> None:
        """At least one."""
        self._texts = texts
        self._of: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            for word in words_of(text):
                self._of.setdefault(word, []).append(number)

    def best(self, said: frozenset[str]) -> str:
        """That with the most words of these; the first of several, also where all have none."""
        found = [self._of[word] for word in said if word in self._of]
        if len(found) <= 1:
            return self._texts[found[0][0] if found else 0]
        common = Counter(chain.from_iterable(found))
        most = max(common.values())
        return self._texts[min(n for n in common if common[n] == most)]


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, and what was worked out for it whatever the names are."""

    words: frozenset[str]
    done: dict["Choice | Joined", str] = field(default_factory=dict)
    _common: dict[str, int] = field(default_factory=dict)

    def common(self, text: str) -> int:
        count = self._common.get(text)
        if count is None:
            count = self._common[text] = len(self.words & words_of(text))
        return count


@dataclass(frozen=True, slots=True)
class Saying:
    """`names`: the best for it of each list of the home."""

    said: Said
    names: Mapping[str, str]
    _done: dict["Choice | Joined", str] = field(default_factory=dict)

    def fill(self, part: "Part") -> str:
        """So that it shares the most words; of several the first."""
        match part:
            case str():
                return part
            case Fixed(texts=texts):
                return texts.best(self.said.words)
            case Name(of=name):
                return self.names[name]
        done = self._done if part.needs else self.said.done
        found = done.get(part)
        if found is None:
            all_of_it = [self.fill(each) for each in part.parts]
            is_one = isinstance(part, Choice)
            found = max(all_of_it, key=self.said.common) if is_one else "".join(all_of_it)
            done[part] = found
        return found


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the home, from this list."""

    of: str

    @property
    def needs(self) -> frozenset[str]:
        return frozenset({self.of})


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """One of these texts."""

    texts: Texts
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of these. `needs`: lists of the home without which it cannot be filled."""

    parts: tuple["Part", ...]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """All of these, one after the other."""

    parts: tuple["Part", ...]
    needs: frozenset[str]


Part = str | Name | Fixed | Choice | Joined
"""A text, or what becomes one; shared by all templates that use the same rule."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Of one language; each rule and list is made once."""

    lists: Mapping[str, SlotList]
    rules: Mapping[str, Sentence]
    _made: dict[tuple[str, str], Part] = field(default_factory=dict)

    def of(self, data: IntentData) -> "Maker":
        """With what only this block of templates may use; itself where that is nothing."""
        if not (data.slot_lists or data.expansion_rules):
            return self
        return Maker({**self.lists, **data.slot_lists}, {**self.rules, **data.expansion_rules})

    def make(self, expression: Expression) -> Part:
        """Raises NothingFits."""
        match expression:
            case TextChunk():
                return expression.original_text
            case Alternative(items=items):
                # What is optional is left out unless it shares a word.
                order = reversed(items) if expression.is_optional else items
                return _one_of([self.make(item) for item in order])
            case Group(items=items):
                return _joined([self.make(item) for item in items])
            case RuleReference(rule_name=name) if name in self.rules:
                return self._once("rule", name)
            case ListReference(list_name=name):
                return Name(name) if name in HOME_LISTS else self._once("list", name)
            case _:
                raise NothingFits

    def _once(self, kind: str, name: str) -> Part:
        made = self._made.get((kind, name))
        if made is None:
            rule = kind == "rule"
            made = self.make(self.rules[name].expression) if rule else self._list(name)
            self._made[kind, name] = made
        return made

    def _list(self, name: str) -> Part:
        match self.lists.get(name):
            case TextSlotList(values=values):
                return _one_of([self.make(value.text_in) for value in values])
            case RangeSlotList(start=start, stop=stop, step=step):
                return str(start + (stop - start) // (2 * step) * step)
            case _:
                return OPEN


def _one_of(parts: Sequence[Part]) -> Part:
    if not parts:
        raise NothingFits
    fixed = [part for part in parts if isinstance(part, str)]
    if len(fixed) == len(parts):
        return Fixed(Texts(fixed))
    return Choice(tuple(parts), _needs(parts))


def _joined(parts: Sequence[Part]) -> Part:
    """Fixed neighbours are one text."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    if len(joined) == 1:
        return joined[0]
    return Joined(tuple(joined), _needs(joined)) if joined else ""


def _needs(parts: Iterable[Part]) -> frozenset[str]:
    return frozenset().union(*(part.needs for part in parts if not isinstance(part, str)))
