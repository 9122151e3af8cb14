"""Sentences of a home's own grammar for words that were misheard: the nearest by sound."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

import numpy as np

from intents.bysound import BySound, Path, Piece
from intents.english import JOINING
from intents.sounds import CAMEL, EXTRA, Sounds, Word
from intents.wordcosts import Heard

OPEN = "..."
"""Stands for free text where a sentence is offered."""
_MOST = 6
_MARGIN = 1.5
"""Beyond the nearest by more than this, others are not worth a second hearing."""
_SHARE = 0.22
"""Of all that was heard, what may be explained by nothing."""
_LEAST = 1.6
"""As `_SHARE`, of few sounds: two that differ."""
_BARE = re.compile(r"[\w']+")
_TITLE = re.compile(r"\b[^\W\d_a-z][a-z]+\b")
"""A name as homes write it ("Bed Light"); recognisers write it small, but not "TV"."""
_JOINED = re.compile(r"-\s*$")
"""A hyphen towards a word that is now another."""
_ENDING = re.compile(r"[^\w%]*$")
_MARKS = re.compile(r"^\W+|[^\w%]+$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text`: a sentence of the grammar; `said`: as it was heard, but for what sounds different;
    `offered`: the sentence less what is free text in it. `distance`: by sound, of `sounds` sounds;
    `changes`: words that differ; `reworded`: how far in words of the grammar itself, not in names.
    """

    text: str = field(repr=False)
    said: str = field(repr=False)
    offered: str = field(repr=False)
    distance: float
    sounds: int
    changes: int
    reworded: float

    @property
    def is_open(self) -> bool:
        """Part of it is free text."""
        return self.offered != self.text


class Repair:
    def __init__(self, grammar: BySound, sounds: Sounds, skip: Iterable[str]) -> None:
        self._grammar, self._sounds = grammar, sounds
        labels = (label for label in grammar.graph.labels if isinstance(label, str))
        self._literals = frozenset(sounds.of(label).tobytes() for label in labels)
        self._skip = sorted((tuple(each.split()) for each in skip), key=len, reverse=True)

    def near(self, text: str) -> tuple[Candidate, ...]:
        """Nearest first; none for silence, or for what is like nothing that can be said here."""
        words = self.words(text)
        if not words:
            return ()
        sounds = np.concatenate([word.sounds for word in words])
        edges = np.cumsum([0, *(len(word.sounds) for word in words)]).tolist()
        heard = Heard(sounds, EXTRA[sounds])
        limit = max(_SHARE * float(heard.extra.sum()), _LEAST)
        paths = self._grammar.nearest(heard, edges, _MOST, _MARGIN, limit)
        found: list[Candidate] = []
        known: set[str] = set()
        for path in paths:
            if self._stops_short(path, words[-1], edges[-2]):
                continue
            candidate = _candidate(path, _Heard(words, edges))
            if _is_no_number(words[-1].text, candidate.text):
                continue
            same = {candidate.text.casefold(), candidate.said.casefold()}
            if known.isdisjoint(same):
                found.append(candidate)
            known |= same
        return tuple(found)

    def words(self, text: str) -> list[Word]:
        """Those that say something; what may be skipped ("please") goes with the one before it."""
        return self._weighty(self._sounds.words(text))

    def _stops_short(self, path: Path, last: Word, begins: int) -> bool:
        """What was heard goes on with a word of the grammar, as no misheard part of the sentence
        does: "a coffee with" is not a coffee, it is not over.
        """
        final = path.pieces[-1]
        if final.start >= begins or not final.cost or final.text is None:
            return False
        ending = self._sounds.of(final.text.split()[-1])
        return last.sounds.tobytes() in self._literals - {ending.tobytes()}

    def _weighty(self, words: Sequence[Word]) -> list[Word]:
        kept: list[Word] = []
        before, at = "", 0
        bare = [" ".join(_bare(word.text)) for word in words]
        while at < len(words):
            skipped = next((s for s in self._skip if tuple(bare[at : at + len(s)]) == s), None)
            if skipped or not len(words[at].sounds):
                count = len(skipped) if skipped else 1
                before += "".join(word.text for word in words[at : at + count])
                at += count
                continue
            kept.append(replace(words[at], text=before + words[at].text))
            before, at = "", at + 1
        if before and kept:
            kept[-1] = replace(kept[-1], text=kept[-1].text + before)
        return kept


def _is_no_number(last: str, text: str) -> bool:
    """Somebody who stops after "set the lamp to" did not mean 2."""
    return text[-1:].isdigit() and "".join(_bare(last)) in JOINING


@dataclass(frozen=True, slots=True)
class _Heard:
    """Words, and the sounds at which each begins (and the last ends)."""

    words: Sequence[Word]
    edges: Sequence[int]

    def between(self, start: int, end: int) -> str:
        """As it was written."""
        return "".join(w.text for w in self.words[self.edges.index(start) : self.edges.index(end)])

    def filled(self, piece: Piece) -> str:
        """The text of a piece; of an open one, what was heard there without the marks around it."""
        if piece.text is not None:
            return piece.text
        return _MARKS.sub("", self.between(piece.start, piece.end))

    def parts(self, pieces: Sequence[Piece]) -> Iterator[tuple[str, int]]:
        """Stretches of whole words, and how many words differ; where they sound as they should
        they stay as they were written.
        """
        group: list[Piece] = []
        for piece, following in zip_longest(pieces, pieces[1:]):
            group.append(piece)
            if following and (piece.end not in self.edges or not following.apart):
                continue
            yield self._part(group)
            group = []

    def _part(self, group: Sequence[Piece]) -> tuple[str, int]:
        start, end = group[0].start, group[-1].end
        whole = start in self.edges and end in self.edges
        heard = self.between(start, end) if whole else ""
        if whole and all(piece.text is None or not piece.cost for piece in group):
            return heard, 0
        written = CAMEL.sub(" ", _written(group, self.filled))
        if heard.lower() == heard:
            written = _TITLE.sub(lambda found: found[0].lower(), written)
        return f"{written} ", max(1, len(set(_bare(written)) - set(_bare(heard))))


def _candidate(path: Path, heard: _Heard) -> Candidate:
    parts = list(heard.parts(path.pieces))
    said = " ".join(_JOINED.sub("", text).strip() for text, _ in parts)
    if heard.words[0].text[:1].isupper():
        said = said[:1].upper() + said[1:]
    return Candidate(
        text=_written(path.pieces, heard.filled),
        said=_ENDING.sub("", said) + (_ending(heard.words[-1].text) or "."),
        offered=_written(path.pieces, lambda piece: piece.text or OPEN),
        distance=path.cost,
        sounds=heard.edges[-1],
        changes=sum(changed for _, changed in parts),
        reworded=sum(piece.cost for piece in path.pieces if not piece.named),
    )


def _ending(text: str) -> str:
    """The marks behind it."""
    return text[len(_ENDING.sub("", text)) :].strip()


def _written(pieces: Iterable[Piece], text: Callable[[Piece], str]) -> str:
    return "".join(f"{' ' * piece.apart}{text(piece)}" for piece in pieces).strip()


def _bare(text: str) -> list[str]:
    return _BARE.findall(text.casefold())
