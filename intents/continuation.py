"""Whether a sentence that is whole could go on, in this home, to mean something else. Pure.

The word graph is followed, by sound, from its beginning to each place to which the sentence leads;
from there it tells what may follow.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from intents.sounds import Sounds, Word
from intents.wordgraph import Slot, WordGraph

_Values = tuple[tuple[str, bytes], ...]
"""Slots, and what was said for each, by sound."""
_Meanings = set[tuple[int, _Values]]
"""Of sentences: a block of templates and the values in it say what is wished."""


class _Open(Exception):
    """It may go on to mean something else."""


@dataclass(frozen=True, slots=True)
class _Said:
    """`sound`: all of it; `edges`: bytes of sound at which words end."""

    sound: bytes = field(repr=False)
    edges: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Place:
    """In the graph, `at` so many bytes of what was said."""

    node: int
    at: int
    values: _Values = field(repr=False)


class Continuations:
    def __init__(self, graph: WordGraph, sounds: Sounds) -> None:
        self._labels, self._label = graph.labels, graph.label.tolist()
        self._sounds = sounds
        self._said: dict[str, _Said] = {}
        self._blocks: dict[int, set[int]] = {}
        for node, block in graph.ends.tolist():
            self._blocks.setdefault(node, set()).add(block)
        self._after = _after(graph, self._blocks)

    def goes_on(self, words: Sequence[Word]) -> bool:
        """Also where the sentence is none of the graph's, so that nobody can tell."""
        said = _joined(words)
        try:
            ends = self._ends(said)
            now = {meaning for place in ends for meaning in self._meanings(place.node, place)}
            later = {meaning for place in ends for meaning in self._later(place)}
        except _Open:
            return True
        return not now or not later <= now

    def _ends(self, said: _Said) -> list[_Place]:
        """Where the sentence leads. Raises _Open where it may end inside a value."""
        ways = [_Place(0, 0, ())]
        seen = set(ways)
        for place in ways:
            for step in self._steps(place, said):
                if step not in seen:
                    seen.add(step)
                    ways.append(step)
        return [place for place in ways if place.at == len(said.sound)]

    def _steps(self, place: _Place, said: _Said) -> Iterator[_Place]:
        for node in self._after.get(place.node, ()):
            label = self._labels[self._label[node]]
            if isinstance(label, str):
                word = self._say(label).sound
                if said.sound.startswith(word, place.at):
                    yield _Place(node, place.at + len(word), place.values)
                continue
            for value in self._values(label):
                if said.sound.startswith(value.sound, place.at):
                    values = (*place.values, (label.name, value.sound))
                    yield _Place(node, place.at + len(value.sound), values)
                elif _begins(value, said.sound[place.at :]):
                    raise _Open

    def _values(self, slot: Slot) -> Iterator[_Said]:
        """Raises _Open for free text."""
        if slot.values is None:
            raise _Open
        return map(self._say, slot.values)

    def _later(self, place: _Place) -> _Meanings:
        """Of what goes on from there with words only. Raises _Open where a value may follow."""
        ways, seen = [place.node], {place.node}
        meanings: _Meanings = set()
        for way in ways:
            for node in self._after.get(way, ()):
                if isinstance(self._labels[self._label[node]], Slot):
                    raise _Open
                if node not in seen:
                    seen.add(node)
                    ways.append(node)
                    meanings |= self._meanings(node, place)
        return meanings

    def _meanings(self, node: int, place: _Place) -> _Meanings:
        """Of what ends with this node, having come by that place."""
        return {(block, place.values) for block in self._blocks.get(node, ())}

    def _say(self, text: str) -> _Said:
        if text not in self._said:
            self._said[text] = _joined(self._sounds.words(text))
        return self._said[text]


def _joined(words: Sequence[Word]) -> _Said:
    parts = [word.sounds.tobytes() for word in words]
    return _Said(b"".join(parts), frozenset(accumulate(map(len, parts))))


def _begins(value: _Said, rest: bytes) -> bool:
    """Whether the rest of what was said is the first words of this value, but not all."""
    return len(rest) in value.edges and value.sound.startswith(rest)


def _after(graph: WordGraph, ends: dict[int, set[int]]) -> dict[int, list[int]]:
    """What may follow each node, of what leads to an end."""
    after: dict[int, list[int]] = {}
    ways, seen = list(ends), set(ends)
    for node in ways:
        for before, _ in graph.steps(node):
            after.setdefault(before, []).append(node)
            if before not in seen:
                seen.add(before)
                ways.append(before)
    return after
