"""Everything that can be said to a home as one graph of words, made from hassil's templates.

Templates that begin alike share their nodes, so the graph is a prefix tree with joins: each way to
a node is a way to begin each of the sentences that go on from it.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, permutations, product

import numpy as np
from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    Sentence,
    TextChunk,
)
from hassil.intents import (
    IntentData,
    Intents,
    RangeSlotList,
    SlotList,
    TextSlotList,
)
from numpy.typing import NDArray

from intents.home import Area, Entity, Floor, Home
from intents.spelling import spell

_MOST_VALUES = 1_000
"""Values of a range, and spellings of a list's value; there are no more by sound."""
_MOST_PERMUTED = 4

Place = frozenset[int]
"""Nodes that a sentence may have come to: twice the node, and one more if a space came since."""
_NOWHERE: Place = frozenset()
_BEGIN: Place = frozenset({0})

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One of `values` stands here; None: free text."""

    name: str
    values: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class WordGraph:
    """Nodes are words (or parts of one) and slots in their places in sentences. Node 0 is the
    beginning, an empty word; each stands behind all that come before it. A big home in a wordy
    language has 20,000, hence the arrays.
    """

    labels: tuple[str | Slot, ...] = field(repr=False)
    label: Ints = field(repr=False)
    """(node,): which of the labels it is."""
    before: Ints = field(repr=False)
    """What may stand before each node, one node's after another's, as in `Place`."""
    first: Ints = field(repr=False)
    """(nodes + 1,): where a node's begin in `before`."""
    ends: Ints = field(repr=False)
    """(n, 2): a node with which a sentence may end, and the index of its block of templates."""

    def steps(self, node: int) -> Iterator[tuple[int, bool]]:
        """What may stand before it, each with whether a space is written between the two."""
        for step in self.before[self.first[node] : self.first[node + 1]].tolist():
            yield step // 2, bool(step % 2)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the templates of one block may use."""

    rules: Mapping[str, Sentence]
    lists: Mapping[str, SlotList]
    domains: frozenset[str]


class _Builder:
    def __init__(self, home: Home) -> None:
        self._home = home
        self._labels: dict[str | Slot, int] = {"": 0}
        self._label = array("i", [0])
        self._before = array("i")
        self._first = array("i", [0, 0])
        self._after: dict[tuple[Place, int], int] = {}
        self._slots: dict[tuple[str, str, frozenset[str], int], Slot | None] = {}

    def graph(self, blocks: Iterable[tuple[_Scope, Iterable[Sentence]]]) -> WordGraph:
        ends: set[tuple[int, int]] = set()
        for number, (scope, sentences) in enumerate(blocks):
            for sentence in sentences:
                place = self._walk(_BEGIN, sentence.expression, scope)
                ends.update((step // 2, number) for step in place)
        return WordGraph(
            tuple(self._labels),
            np.array(self._label, np.int32),
            np.array(self._before, np.int32),
            np.array(self._first, np.int32),
            np.array(sorted(ends), np.int32).reshape(-1, 2),
        )

    def _walk(self, place: Place, expression: Expression, scope: _Scope) -> Place:
        """Where one is after the expression; nowhere, if this home has nothing to say there."""
        if not place:
            return _NOWHERE
        match expression:
            case TextChunk():
                return self._text(place, expression.original_text)
            case Alternative(items=items):
                return _union(self._walk(place, item, scope) for item in items)
            case Permutation(items=items) if len(items) <= _MOST_PERMUTED:
                orders = permutations(items)
                return _union(self._chain(place, order, scope) for order in orders)
            case Group(items=items):
                return self._chain(place, items, scope)
            case RuleReference(rule_name=name) if name in scope.rules:
                return self._walk(place, scope.rules[name].expression, scope)
            case ListReference():
                slot = self._slot(expression, scope)
                return self._step(place, slot) if slot else _NOWHERE
            case _:
                return _NOWHERE

    def _chain(self, place: Place, items: Iterable[Expression], scope: _Scope) -> Place:
        for item in items:
            place = self._walk(place, item, scope)
        return place

    def _text(self, place: Place, text: str) -> Place:
        if text[:1].isspace():
            place = _spaced(place)
        for word in text.split():
            place = _spaced(self._step(place, word))
        ends_inside = bool(text) and not text[-1].isspace()
        return frozenset(step & ~1 for step in place) if ends_inside else place

    def _step(self, place: Place, label: str | Slot) -> Place:
        key = (place, self._labels.setdefault(label, len(self._labels)))
        if key not in self._after:
            self._after[key] = len(self._label)
            self._label.append(key[1])
            self._before.extend(sorted(place))
            self._first.append(len(self._before))
        return frozenset({2 * self._after[key]})

    def _slot(self, reference: ListReference, scope: _Scope) -> Slot | None:
        name, values = reference.list_name, scope.lists.get(reference.list_name)
        domains = scope.domains if name == "name" else frozenset()
        key = (name, reference.slot_name, domains, id(values))
        if key not in self._slots:
            texts = self._values(reference, scope, domains)
            found = None if texts == () else Slot(reference.slot_name, texts)
            self._slots[key] = found
        return self._slots[key]

    def _values(
        self, reference: ListReference, scope: _Scope, domains: frozenset[str]
    ) -> tuple[str, ...] | None:
        """None: anything."""
        if span := reference.get_inline_range():
            return tuple(str(n) for n in range(span[0], span[1] + 1, span[2]))
        match scope.lists.get(reference.list_name):
            case None:
                return tuple(_names(self._home, reference.list_name, domains))
            case TextSlotList(values=values):
                return tuple(text for value in values for text in texts(value.text_in, scope.rules))
            case RangeSlotList() as numbers:
                return tuple(f"{n:g}" for n in numbers.get_numbers())[:_MOST_VALUES]
            case _:
                return None


def word_graph(
    intents: Intents,
    lists: Mapping[str, SlotList],
    rules: Mapping[str, Sentence],
    home: Home,
) -> WordGraph:
    """Of all templates; those that need what the home lacks lead nowhere and are left out."""
    blocks = [data for intent in intents.intents.values() for data in intent.data]
    scopes = (_scope(data, lists, rules) for data in blocks)
    return _Builder(home).graph(
        (scope, data.sentences) for scope, data in zip(scopes, blocks, strict=True)
    )


def _scope(
    data: IntentData, lists: Mapping[str, SlotList], rules: Mapping[str, Sentence]
) -> _Scope:
    domains = data.requires_context.get("domain")
    wanted = {domains} if isinstance(domains, str) else set(domains or ())
    return _Scope(
        {**rules, **data.expansion_rules}, {**lists, **data.slot_lists}, frozenset(wanted)
    )


def texts(expression: Expression, rules: Mapping[str, Sentence]) -> Iterator[str]:
    """All that a value without slots of its own may be, the first thousand."""
    match expression:
        case TextChunk():
            yield expression.original_text
        case Alternative(items=items):
            for item in items:
                yield from texts(item, rules)
        case Group(items=items):
            choices = [list(islice(texts(item, rules), _MOST_VALUES)) for item in items]
            yield from islice(map("".join, product(*choices)), _MOST_VALUES)
        case RuleReference(rule_name=name) if name in rules:
            yield from texts(rules[name].expression, rules)


def _names(home: Home, kind: str, domains: frozenset[str]) -> Iterator[str]:
    """As hassil is given them (intents.names)."""
    things: dict[str, Iterable[Area | Entity | Floor]] = {
        "name": (each for each in home.entities if not domains or each.domain in domains),
        "area": home.areas,
        "floor": home.floors,
    }
    for thing in things.get(kind, ()):
        yield from (spell(name) for name in (thing.name, *thing.aliases) if name.strip())


def _union(places: Iterable[Place]) -> Place:
    return _NOWHERE.union(*places)


def _spaced(place: Place) -> Place:
    return frozenset(step | 1 for step in place)
