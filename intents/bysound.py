"""The sentences of a home's grammar that sound most like what was heard.

An error-tolerant parse: for each node of the word graph and each place in the sounds heard, the
cheapest way to have said the beginning of some sentence up to there (exact, all nodes of a level
at once); then the cheapest whole sentences, read backwards with those costs as the guide (A*).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count, islice

import numpy as np

from intents.sounds import Sounds
from intents.wordcosts import Floats, Heard, Ints, Lexicon, open_stretches, stretches
from intents.wordgraph import Slot, WordGraph

LONGEST = 110
"""Sounds in a command; longer speech is none."""
_OPEN = 0.1
"""Cost of each sound in an open slot: words of the grammar are preferred to free ones."""
_STRAY = 0.7
"""One sound: more behind a sentence may be what narrows or reverses it ("... with", "... not")."""
_WAYS = 2
"""To say the same: with and without an "and"; the ear knows better which."""
_TRIED = 3_000
"""Steps back from the ends before what was found must do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a value, and the stretch of sounds heard for it. `text` None: an open slot.
    `apart`: a space is written before it; `named`: it is a value of a slot.
    """

    text: str | None = field(repr=False)
    start: int
    end: int
    cost: float
    apart: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Path:
    """A sentence that may have been said, by a block of templates. `cost`: how far it is."""

    block: int
    cost: float
    pieces: tuple[Piece, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Level:
    """Nodes that can be worked out together: words, and those of one slot."""

    nodes: Ints
    rows: Ints
    """Of words: their rows in the lexicon."""
    slot: int | None
    """Its index among the labels."""
    before: Ints
    """What stands before each, one after another, and where each one's begin."""
    offsets: Ints


@dataclass(frozen=True, slots=True)
class _Step:
    """On the way back: a node that ends at `end`, and what follows it."""

    node: int
    end: int
    cost: float
    """Of what follows."""
    block: int
    after: tuple[Piece, ...]
    values: tuple[tuple[str, str | int], ...]
    """Of the slots in what follows; of an open one, where it begins."""


class BySound:
    """A word graph made ready to be searched."""

    def __init__(self, graph: WordGraph, sounds: Sounds) -> None:
        self.graph = graph
        texts = list(dict.fromkeys(text for label in graph.labels for text in _texts(label)))
        self.lexicon = Lexicon(sounds.of(text) for text in texts)
        row = dict(zip(texts, self.lexicon.rows, strict=True))
        self.text = dict(zip(self.lexicon.rows, texts, strict=True))
        self.rows = tuple(
            np.array([row[text] for text in _texts(label)], np.int32) for label in graph.labels
        )
        self.levels = tuple(self._by_level())

    def nearest(
        self, heard: Heard, edges: Sequence[int], most: int, margin: float, limit: float
    ) -> tuple[Path, ...]:
        """At most `most`, at most two with the same block and values, best first, at most `margin`
        worse than the best and `limit` in all. `edges`: where words begin and end.
        """
        if not 0 < len(heard.sounds) <= LONGEST:
            return ()
        return tuple(islice(_Search(self, heard, edges, limit).paths(margin), most))

    def _by_level(self) -> Iterator[_Level]:
        graph = self.graph
        level = [0] * len(graph.label)
        groups: dict[tuple[int, int | None], list[int]] = {}
        for node, label in enumerate(graph.label.tolist()):
            level[node] = 1 + max((level[n] for n, _ in graph.steps(node)), default=-1)
            slot = label if isinstance(graph.labels[label], Slot) else None
            groups.setdefault((level[node], slot), []).append(node)
        for (depth, slot), nodes in sorted(groups.items(), key=lambda each: each[0][0]):
            before = [[n for n, _ in graph.steps(node)] for node in nodes]
            words = [self.rows[graph.label[node]][0] for node in nodes] if slot is None else ()
            if depth:
                yield _Level(
                    np.array(nodes, np.int32),
                    np.array(words, np.int32),
                    slot,
                    np.array([n for each in before for n in each], np.int32),
                    np.cumsum([0, *map(len, before[:-1])], dtype=np.int32),
                )


class _Search:
    """In one stretch of sounds. `_reach`: (node, end) -> cost; the last end is nowhere."""

    def __init__(self, grammar: BySound, heard: Heard, edges: Sequence[int], limit: float) -> None:
        self._grammar, self._limit = grammar, limit
        self._size = len(heard.sounds) + 1
        self._edges = edges
        self._starts = grammar.lexicon.starts(len(heard.sounds))
        self._costs = grammar.lexicon.costs(heard, self._starts)
        passed = np.concatenate(([0.0], np.cumsum(heard.extra))).astype(np.float32)
        rest = passed[-1] - passed
        self._rest = np.where(rest <= _STRAY, rest, np.inf)
        self._reach = np.full((len(grammar.graph.label), self._size + 1), np.inf, np.float32)
        self._reach[0, :-1] = passed
        self._slots: dict[tuple[str, ...], Floats] = {}
        for level in grammar.levels:
            self._work_out(level)

    def _work_out(self, level: _Level) -> None:
        before = np.minimum.reduceat(self._reach[level.before], level.offsets, axis=0)
        alive = np.flatnonzero(before.min(axis=1) <= self._limit)
        if not len(alive):
            return
        before = before[alive]
        if level.slot is None:
            rows = level.rows[alive]
            starts = self._starts[self._grammar.lexicon.lengths[rows]]
            each = np.arange(len(alive))[:, None, None]
            cost = (before[each, starts] + self._costs[rows]).min(axis=2)
        else:
            stretch = self._stretches(level.slot)
            cost = np.stack([(row[:, None] + stretch).min(axis=0) for row in before])
        self._reach[level.nodes[alive], :-1] = cost

    def _stretches(self, label: int) -> Floats:
        """Of a slot; those of the same values share theirs."""
        values = _texts(self._grammar.graph.labels[label])
        if values not in self._slots:
            lexicon, rows = self._grammar.lexicon, self._grammar.rows[label]
            self._slots[values] = (
                stretches(self._costs, rows, lexicon.lengths, self._starts)
                if values
                else open_stretches(self._size, self._edges, _OPEN)
            )
        return self._slots[values]

    def paths(self, margin: float) -> Iterator[Path]:
        heap: list[tuple[float, int, _Step]] = []
        order = count()
        for step in self._last():
            heappush(heap, (step.cost + float(self._reach[step.node, step.end]), next(order), step))
        worst = min(self._limit, heap[0][0] + margin) if heap else 0.0
        seen: Counter[tuple[object, ...]] = Counter()
        for _ in range(_TRIED):
            if not heap or heap[0][0] > worst:
                return
            cost, _, step = heappop(heap)
            key = (step.node, step.node and step.end, step.block, step.values)
            seen[key] += 1
            if seen[key] > _WAYS:
                continue
            if step.node == 0:
                yield Path(step.block, cost, step.after)
                continue
            for total, earlier in self._back(step, worst):
                heappush(heap, (total, next(order), earlier))

    def _last(self) -> Iterator[_Step]:
        for node, block in self._grammar.graph.ends.tolist():
            ended = self._reach[node, :-1] + self._rest
            end = int(ended.argmin())
            if ended[end] <= self._limit:
                yield _Step(node, end, float(self._rest[end]), block, (), ())

    def _back(self, step: _Step, worst: float) -> Iterator[tuple[float, _Step]]:
        """What may stand before, with the cost of the whole; a piece for each way to have it."""
        graph = self._grammar.graph
        number = int(graph.label[step.node])
        label = graph.labels[number]
        for text, cost, start in self._ways(number, step.end, worst - step.cost):
            values, named = step.values, isinstance(label, Slot)
            if isinstance(label, Slot):
                values = ((label.name, start if text is None else text), *values)
            for before, apart in graph.steps(step.node):
                total = step.cost + cost + float(self._reach[before, start])
                if total <= worst:
                    piece = Piece(text, start, step.end, cost, apart, named)
                    after = (piece, *step.after)
                    yield total, _Step(before, start, step.cost + cost, step.block, after, values)

    def _ways(self, label: int, end: int, most: float) -> Iterator[tuple[str | None, float, int]]:
        """Texts, what they cost, and where the stretch begins that ends at `end`."""
        rows = self._grammar.rows[label]
        if not len(rows):
            free = self._stretches(label)[:, end]
            yield from ((None, float(free[n]), int(n)) for n in np.flatnonzero(free <= most))
            return
        costs = self._costs[rows, end]
        starts = self._starts[self._grammar.lexicon.lengths[rows], end]
        for n, band in zip(*np.nonzero(costs <= most), strict=True):
            yield self._grammar.text[rows[n]], float(costs[n, band]), int(starts[n, band])


def _texts(label: str | Slot) -> tuple[str, ...]:
    """What may be said for it; nothing for an open slot."""
    return (label.values or ()) if isinstance(label, Slot) else (label,)
