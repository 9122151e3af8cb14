"""What it costs to have heard each stretch of sounds for each word, all words at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from intents.sounds import EXTRA, SWAP, Codes

BAND = 3
"""Sounds by which a word may be heard longer or shorter than it is."""
_WIDTH = 2 * BAND + 1

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Heard:
    """Sounds, and what each costs where no word explains it: nothing for a word without weight."""

    sounds: Codes = field(repr=False)
    extra: Floats = field(repr=False)


class Lexicon:
    """The words of a grammar, longest first, as one array of sounds."""

    def __init__(self, words: Iterable[Codes]) -> None:
        given = list(words)
        order = sorted(range(len(given)), key=lambda n: -len(given[n]))
        rows = sorted(range(len(given)), key=order.__getitem__)
        self.rows = tuple(rows)
        """Where each word given stands."""
        self.lengths = np.array([len(given[n]) for n in order], np.int32)
        self._longest = int(self.lengths.max(initial=0))
        self._backwards = np.zeros((len(given), self._longest), np.int16)
        for row, n in enumerate(order):
            self._backwards[row, : len(given[n])] = given[n][::-1]

    def starts(self, heard: int) -> Ints:
        """(length of a word, end, band) -> where its stretch begins; `heard` + 1: nowhere."""
        length, end, band = np.ogrid[: self._longest + 1, : heard + 1, :_WIDTH]
        start = end - length - (band - BAND)
        valid = (start >= 0) & (start <= end)
        return np.where(valid, start, heard + 1).astype(np.int32)

    def costs(self, heard: Heard, starts: Ints) -> Floats:
        """(word, end, band): Levenshtein by sounds, from each end leftwards. Sounds too many stand
        in a word or before it, not behind it: what follows the last word is a matter of its own.
        """
        count, (size, width) = len(self.lengths), starts.shape[1:]
        extra = np.append(heard.extra, (np.inf, np.inf)).astype(np.float32)
        swap = np.append(SWAP[:, heard.sounds], np.full((len(SWAP), 2), np.inf), axis=1)
        cost = np.full((count, size, width), np.inf, np.float32)
        cost[:, :, BAND] = 0.0
        for step in range(1, self._longest + 1):
            rows = int(np.searchsorted(-self.lengths, -step, side="right"))
            part, spoken = cost[:rows], self._backwards[:rows, step - 1]
            missed = part[:, :, 1:] + EXTRA[spoken][:, None, None]
            part += swap[spoken][:, starts[step]]
            part[:, :, :-1] = np.minimum(part[:, :, :-1], missed)
            self._grow(part, extra[starts[step]])
        return cost

    @staticmethod
    def _grow(cost: Floats, extra: Floats) -> None:
        """Sounds that belong to no sound of the word."""
        for band in range(1, _WIDTH):
            np.minimum(
                cost[:, :, band], cost[:, :, band - 1] + extra[:, band], out=cost[:, :, band]
            )


def stretches(costs: Floats, rows: Ints, lengths: Ints, starts: Ints) -> Floats:
    """(start, end): the cheapest of some words for each stretch; the last start is nowhere."""
    size = starts.shape[1]
    least = np.full((size + 1, size), np.inf, np.float32)
    ends = np.arange(size)[:, None]
    for length in sorted(set(lengths[rows].tolist())):  # np.unique imports what a seal forbids
        best = costs[rows[lengths[rows] == length]].min(axis=0)
        index = starts[length], ends
        least[index] = np.minimum(least[index], best)
    least[-1] = np.inf
    return least


def open_stretches(size: int, edges: Sequence[int], each: float) -> Floats:
    """(start, end): free text of whole words, at a cost for each sound."""
    least = np.full((size + 1, size), np.inf, np.float32)
    for n, start in enumerate(edges):
        ends = np.array(edges[n + 1 :], np.int32)
        least[start, ends] = each * (ends - start)
    return least
