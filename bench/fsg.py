"""A home's whole grammar as a finite-state grammar of spoken words, for pocketsphinx.

Open text ("add ... to the list") has no words that could be listed and is left out. Numbers are
written out as they are said; of those above 12 only every fifth is there: with all of them
pocketsphinx took 2 to 8 s for a command.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from hassil.numbers import get_rbnf_engine

from intents.custom import Custom
from intents.home import Home
from intents.languages import load
from intents.wordgraph import WordGraph, word_graph

Arc = tuple[int, int, float] | tuple[int, int, float, str]
"""From state, to state, probability, and the word; without one it is passed in silence."""
_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+(?:'[a-z]+)*|[%\u00b0]")
_EACH = 12
_SIGNS = {"%": "percent", "\u00b0": "degrees"}


@dataclass(frozen=True, slots=True)
class Fsg:
    """States 0 (the beginning) to `end`."""

    arcs: tuple[Arc, ...] = field(repr=False)
    end: int
    words: frozenset[str] = field(repr=False)


class _Builder:
    """State n is behind node n of the graph; the states after these are inside of words' rows."""

    def __init__(self, graph: WordGraph) -> None:
        self._graph = graph
        self._states = len(graph.label)
        self._inside: dict[tuple[int, int, str], int] = {}
        self._arcs: dict[tuple[int, int, str], None] = {}
        self._texts: list[tuple[tuple[int, str], ...]] = []
        """Of each node: a state before it, and the text from there up to its end."""

    def fsg(self) -> Fsg:
        for node in range(len(self._graph.label)):
            texts = tuple(self._ways_to(node))
            self._texts.append(texts)
            for start, text in texts:
                self._say(start, node, spoken(text))
        end = self._state()
        for node in dict.fromkeys(self._graph.ends[:, 0].tolist()):
            self._arcs[node, end, ""] = None
        return Fsg(tuple(self._weighed()), end, frozenset(word for *_, word in self._arcs if word))

    def _ways_to(self, node: int) -> Iterator[tuple[int, str]]:
        """What is written without a space belongs to the word before it ("light" "s")."""
        spaced = [at for at, space in self._graph.steps(node) if space or at == 0]
        glued = [at for at, space in self._graph.steps(node) if not space and at != 0]
        if len(spaced) > 1:
            entry = self._state()
            for at in spaced:
                self._arcs[at, entry, ""] = None
            spaced = [entry]
        before = chain(((at, "") for at in spaced), *(self._texts[at] for at in glued))
        texts = tuple(self._spellings(node))
        return ((start, first + text) for start, first in before for text in texts)

    def _spellings(self, node: int) -> Iterable[str]:
        match self._graph.labels[self._graph.label[node]]:
            case str() as text:
                return (text,)
            case slot:
                return filter(_is_usual, slot.values or ())

    def _say(self, start: int, end: int, words: tuple[str, ...]) -> None:
        """Rows that begin alike share their states."""
        if not words:
            return
        at = start
        for word in words[:-1]:
            key = (at, end, word)
            if key not in self._inside:
                self._inside[key] = self._state()
            self._arcs[at, self._inside[key], word] = None
            at = self._inside[key]
        self._arcs[at, end, words[-1]] = None

    def _state(self) -> int:
        self._states += 1
        return self._states - 1

    def _weighed(self) -> Iterator[Arc]:
        """All that may follow is as likely."""
        for start, end, word in self._arcs:
            yield (start, end, 1.0, word) if word else (start, end, 1.0)


def home_fsg(home: Home, custom: Custom | None) -> Fsg:
    """Of English sentences, or of `custom`'s instead, as intents.grammar takes them."""
    base = load("en").intents
    intents = custom.intents if custom else base
    lists = {**base.slot_lists, **intents.slot_lists}
    rules = {**base.expansion_rules, **intents.expansion_rules}
    return _Builder(word_graph(intents, lists, rules, home)).fsg()


def spoken(text: str) -> tuple[str, ...]:
    """Words as they are said, in small letters: "20%" -> twenty, percent."""
    found = (_say(token) for token in _WORD.findall(text.casefold().replace("\u2019", "'")))
    return tuple(word for words in found for word in words)


def _is_usual(value: str) -> bool:
    return not value.isdigit() or int(value) <= _EACH or int(value) % 5 == 0


def _say(token: str) -> list[str]:
    if token[0].isdigit():
        written = str(get_rbnf_engine("en").format_number(token).text)
        return written.replace("-", " ").split()
    return [_SIGNS.get(token, token)]
