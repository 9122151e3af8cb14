"""Who has this face: one of those who enrolled, or nobody. Open set, pure.

A face is somebody's only if it is like theirs beyond what a stranger's would be, more so than like
anybody else's, and than like any face of which they said "that is not me". How alike strangers are
was measured once (`python -m bench.faces`): the threshold follows from it and rises with the number
of people, as each is one more to be taken for.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vision.engines import Embedding

Embeddings = NDArray[np.float32]
"""Shape (n, 128), each of length 1; (0,) for none."""

MARGIN = 0.08
"""Cosine by which the best must be nearer than the next, and than a "that is not me"."""
_LEAST = 0.58
"""Cosine. SFace's authors give 0.363 for pairs of Labeled Faces in the Wild; here 16 of 1,000
strangers pass that, children above all, and the likest of 9,048 pairs had 0.527."""
_MISTAKES = 2e-3
"""Of strangers' faces that may be taken for anybody of the household, by one look of three."""
_FROM, _SHARE, _SCALE = 0.344, 0.02, 0.06
"""How like a person of up to six pictures strangers are: this share of them exceeds the first
cosine, beyond it ever fewer, exponentially (2,106 pairs of 27 people and 79 faces, 2026-11)."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """One who enrolled: their own faces, and others that were taken for them."""

    name: str
    faces: Embeddings = field(repr=False)
    others: Embeddings = field(repr=False)

    def likeness(self, embedding: Embedding) -> float:
        """Cosine with the nearest of their own."""
        return _nearest(self.faces, embedding)

    def disowned(self, embedding: Embedding) -> float:
        """Cosine with the nearest that they are not; -1 without any."""
        return _nearest(self.others, embedding)


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    people: tuple[Known, ...] = ()

    @property
    def threshold(self) -> float:
        expected = _SHARE * max(1, len(self.people)) / _MISTAKES
        return max(_LEAST, _FROM + _SCALE * math.log(expected))

    def who(self, embedding: Embedding) -> str | None:
        """The name; None for a stranger, and wherever it is in doubt."""
        alike = {known: known.likeness(embedding) for known in self.people}
        best = max(alike, key=lambda known: alike[known], default=None)
        if best is None or alike[best] < self.threshold:
            return None
        next_best = max((alike[known] for known in alike if known is not best), default=-1.0)
        near = max(next_best, best.disowned(embedding))
        return best.name if alike[best] - near >= MARGIN else None

    def mistaken(self, name: str) -> float:
        """Share 0..1 of others' faces expected to be taken for this person by one look: of
        strangers as measured, or of those enrolled here if that is more.
        """
        stranger = _SHARE * math.exp(-(self.threshold - _FROM) / _SCALE)
        others = [face for known in self.people if known.name != name for face in known.faces]
        taken = sum(
            known.likeness(face) >= self.threshold
            for known in self.people
            if known.name == name
            for face in others
        )
        return max(stranger, taken / len(others)) if others else stranger


def gallery(people: Mapping[str, tuple[Sequence[Embedding], Sequence[Embedding]]]) -> Gallery:
    """Name -> own faces, and others' faces; who has none of their own is left out."""
    return Gallery(
        tuple(
            Known(name, _rows(faces), _rows(others))
            for name, (faces, others) in people.items()
            if len(faces)
        )
    )


def _rows(embeddings: Sequence[Embedding]) -> Embeddings:
    return np.asarray(embeddings, np.float32)


def _nearest(rows: Embeddings, embedding: Embedding) -> float:
    return float(np.max(rows @ embedding)) if len(rows) else -1.0
