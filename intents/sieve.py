"""Which templates could hold all words of a sentence: the few that hassil then has to try. Pure.

Sound: a template is left out only if some word stands in none of its texts, lists or numbers, and
is no name of the home where it takes one. Words that grow together ("lamp" "s") count as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import lru_cache

from hassil.expression import Expression, Group, ListReference, RuleReference, Sentence, TextChunk
from hassil.intents import Intent, IntentData, Intents, RangeSlotList, SlotList, TextSlotList

from intents.languages import load

_WORD = re.compile(r"\w+")
_MOST_KEPT, _MOST_CUT = 20_000, 2_000
_HOME_LISTS = frozenset({"name", "area", "floor"})


@dataclass
class _Words:
    """What one template holds. `open`: any word may stand there."""

    texts: set[str] = field(default_factory=set)
    names: bool = False
    numbers: bool = False
    open: bool = False


class Sieve:
    """Of one language's templates, 0.1 s of work; the names of a home come with each sentence.

    `spelled`: all words of which numbers are made; None: any word may be part of one.
    """

    def __init__(
        self,
        intents: Intents,
        lists: Mapping[str, SlotList],
        rules: Mapping[str, Sentence],
        spelled: frozenset[str] | None = None,
    ) -> None:
        self._intents = intents
        self._spelled = spelled
        self._blocks: list[tuple[str, IntentData, tuple[int, ...], int]] = []
        self._cut: dict[tuple[int, int], IntentData] = {}
        self._sentences: list[Sentence] = []
        self._with: dict[str, int] = {}
        self._open = self._named = self._numbered = 0
        self._kept: dict[str, int] = {}
        skipped = {word for each in intents.skip_words for word in _words(each)}
        for name, intent in intents.intents.items():
            for data in intent.data:
                numbers = [self._add(each, data, lists, rules) for each in data.sentences]
                every = sum(1 << number for number in numbers)
                self._blocks.append((name, data, tuple(numbers), every))
        self._all = (1 << len(self._sentences)) - 1
        for word in skipped:
            self._with[word] = self._all

    def sift(self, sentence: str, names: frozenset[str]) -> Intents:
        """`names`: all words of the home's names, in lower case."""
        left = self._all
        for word in set(_words(sentence)):
            left &= self._holding(word, names) | self._open
        intents: dict[str, Intent] = {}
        for at, (name, _, _, every) in enumerate(self._blocks):
            if kept := left & every:
                intents.setdefault(name, Intent(name=name)).data.append(self._block(at, kept))
        return replace(self._intents, intents=intents)

    def _block(self, at: int, left: int) -> IntentData:
        """The block less templates, kept for the next sentence."""
        _, data, numbers, every = self._blocks[at]
        if left == every:
            return data
        if (at, left) not in self._cut:
            if len(self._cut) > _MOST_CUT:
                self._cut.clear()
            kept = [self._sentences[n] for n in numbers if left >> n & 1]
            self._cut[at, left] = _with(data, kept)
        return self._cut[at, left]

    def _holding(self, word: str, names: frozenset[str]) -> int:
        found = self._grown(word)
        if word in names or any(word[:end] in names for end in range(2, len(word))):
            found |= self._named
        if self._spelled is None or word in self._spelled or any(map(str.isdecimal, word)):
            found |= self._numbered
        return found

    def _grown(self, word: str) -> int:
        """Templates in which texts that make this word stand ("enc[i]end(e|a)" is made of four),
        kept for the next time.
        """
        if not word:
            return self._all
        if word not in self._kept:
            found = self._with.get(word, 0)
            for at in range(1, len(word)):
                if begins := self._with.get(word[:at], 0):
                    found |= begins & self._grown(word[at:])
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            self._kept[word] = found
            return found
        return self._kept[word]

    def _add(
        self,
        sentence: Sentence,
        data: IntentData,
        lists: Mapping[str, SlotList],
        rules: Mapping[str, Sentence],
    ) -> int:
        number = len(self._sentences)
        self._sentences.append(sentence)
        held = _Words()
        known = {**lists, **data.slot_lists}
        _gather(sentence.expression, known, {**rules, **data.expansion_rules}, held)
        for text in held.texts:
            self._with[text] = self._with.get(text, 0) | 1 << number
        self._open |= held.open << number
        self._named |= held.names << number
        self._numbered |= held.numbers << number
        return number


def _gather(
    expression: Expression,
    lists: Mapping[str, SlotList],
    rules: Mapping[str, Sentence],
    held: _Words,
) -> None:
    match expression:
        case TextChunk():
            held.texts.update(_words(expression.original_text))
        case Group():
            for item in expression.items:
                _gather(item, lists, rules, held)
        case RuleReference(rule_name=name) if name in rules:
            _gather(rules[name].expression, lists, rules, held)
        case ListReference(list_name=name) if name in _HOME_LISTS:
            held.names = True
        case ListReference(list_name=name):
            _gather_list(lists.get(name), lists, rules, held)
        case _:
            held.open = True


def _gather_list(
    values: SlotList | None,
    lists: Mapping[str, SlotList],
    rules: Mapping[str, Sentence],
    held: _Words,
) -> None:
    match values:
        case TextSlotList():
            for value in values.values:
                if isinstance(value.text_in, Sentence):
                    _gather(value.text_in.expression, lists, rules, held)
                else:
                    _gather(value.text_in, lists, rules, held)
        case RangeSlotList():
            held.numbers = True
        case _:
            held.open = True


def _with(data: IntentData, sentences: list[Sentence]) -> IntentData:
    """The same block with only these of its templates."""
    block = copy(data)
    block.__dict__["sentences"] = sentences
    return block


def _words(text: str) -> Iterator[str]:
    return iter(_WORD.findall(text.casefold()))


def words_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in _words(name))


_ENGLISH_NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand and a an half point oh minus".split()
)


@lru_cache(maxsize=4)
def sieve_of(code: str) -> Sieve:
    """Of a language's own templates. Raises UnknownLanguageError."""
    intents = load(code).intents
    spelled = _ENGLISH_NUMBERS if code.startswith("en") else None
    return Sieve(intents, intents.slot_lists, intents.expansion_rules, spelled)
