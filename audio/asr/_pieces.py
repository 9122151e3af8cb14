"""Moonshine's pieces of words: text to numbers and back.

The file is the pieces in order, each after its length (one byte below 128, else two, the lower
seven bits first). The vocabulary is SentencePiece's byte-pair kind: pieces were learnt in the order
of their numbers, so of two neighbours that may be joined the lowest number goes first.
"""

from collections.abc import Iterable, Iterator, Sequence

START, END = 1, 2
_BYTES = 3
"""Number of the piece for byte 0; the other 255 follow, for what no piece spells."""
_WORDS = _BYTES + 256
_SPACE = "▁"


class PiecesError(Exception):
    """The file does not hold pieces of words."""


class Pieces:
    def __init__(self, content: bytes) -> None:
        """Raises PiecesError."""
        self._spelt = tuple(_read(content))
        if len(self._spelt) <= _WORDS:
            raise PiecesError("the list of word pieces breaks off")
        self._numbers = {piece: at for at, piece in enumerate(self._spelt) if at >= _WORDS}

    def __len__(self) -> int:
        return len(self._spelt)

    def text(self, numbers: Iterable[int]) -> str:
        spelt = b"".join(self._spelt[number] for number in numbers)
        return spelt.decode("utf-8", "replace").replace(_SPACE, " ").strip()

    def numbers(self, text: str) -> list[int]:
        """Of a text that starts a sentence; without START and END."""
        spelt = [letter.encode() for letter in (_SPACE + text.strip()).replace(" ", _SPACE)]
        while (at := self._next_joint(spelt)) is not None:
            spelt[at : at + 2] = [spelt[at] + spelt[at + 1]]
        return [number for piece in spelt for number in self._spell(piece)]

    def _next_joint(self, spelt: Sequence[bytes]) -> int | None:
        """The place whose two neighbours are to be joined first."""
        joints = [
            (number, at)
            for at in range(len(spelt) - 1)
            if (number := self._numbers.get(spelt[at] + spelt[at + 1])) is not None
        ]
        return min(joints)[1] if joints else None

    def _spell(self, piece: bytes) -> Iterable[int]:
        number = self._numbers.get(piece)
        return [_BYTES + byte for byte in piece] if number is None else [number]


def _read(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        size, at = content[at], at + 1
        if size >= 128:  # noqa: PLR2004  # the mark of a second byte
            if at == len(content):
                raise PiecesError("the list of word pieces breaks off")
            size, at = content[at] * 128 + size - 128, at + 1
        if at + size > len(content):
            raise PiecesError("the list of word pieces breaks off")
        yield content[at : at + size]
        at += size
