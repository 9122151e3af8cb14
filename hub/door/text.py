"""What a piece of text may be, and what it can tell at most.

A word of the home's own language and names is cheap, for there are few; anything else is spelled,
letter by letter. So what people say passes easily, and a message in disguise runs out of bits.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log2

from hub.door.refusals import Refused

_LONG = 16
"""Letters of a word that is looked at closely."""
_LONG_TOKEN = re.compile(rf"[\w+/=-]{{{_LONG},}}")
_HEX = re.compile(r"(?i)(?=[a-f]*\d)[0-9a-f]{8,}")
_DIGITS = 12
"""Digits in one text; a telephone number is as long."""
_TURNS = 3
"""Changes from a small letter to a capital inside one word, or back from a digit."""
_TRAIL = ".,?!"

_GO_ON, _END = log2(16 / 15), 4.0
"""Another word follows, or none: 15/16 and 1/16."""
_KNOWN, _CAPITAL, _SPELLED = -log2(0.75), -log2(0.05), -log2(0.2)
_BARE, _POINTED = -log2(0.9), -log2(0.1 / len(_TRAIL))
_COMMON, _USUAL, _RARE = 3 / 4, 3 / 16, 1 / 16
"""Shares of small letters, of capitals, digits and signs, and of all else in a spelled word."""
_ALL = 0x110000


def tidy(text: str, limit: int) -> str | Refused:
    """NFC, single spaces, printable, at most `limit` characters: nothing invisible gets through."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if len(plain) > limit:
        return Refused("too_much_text")
    if not plain or not plain.isprintable() or unicodedata.normalize("NFC", plain) != plain:
        return Refused("not_plain_text")
    return Refused("looks_encoded") if looks_encoded(plain) else plain


def looks_encoded(text: str) -> bool:
    """Whether a word looks like base64, base32 or hexadecimal, or the whole is full of digits."""
    if sum(map(str.isdecimal, text)) > _DIGITS or _HEX.search(text):
        return True
    return any(_mixed(found[0]) for found in _LONG_TOKEN.finditer(text))


def _mixed(token: str) -> bool:
    """Long words of small letters are German; long words of many kinds are code."""
    kinds = [_kind(letter) for letter in token if letter.isalnum()]
    turns = sum(one != other for one, other in pairwise(kinds[1:]))
    return turns >= _TURNS or token.isupper()


def _kind(letter: str) -> str:
    if letter.isdecimal():
        return "digit"
    return "capital" if letter.isupper() else "small"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`words`: all of a language's templates and a home's names, case-folded."""

    words: frozenset[str]
    letters: frozenset[str]

    def bits(self, text: str) -> float:
        """What `text`, as `tidy` gives it, costs."""
        return _END + sum(_GO_ON + self._word(word) for word in text.split(" "))

    def _word(self, word: str) -> float:
        spelled = _SPELLED + self._spelled(word)
        bare = word.rstrip(_TRAIL)
        if len(word) - len(bare) > 1 or not self._knows(bare):
            return spelled
        case = _KNOWN if bare == bare.casefold() else _CAPITAL
        return case + (_BARE if bare == word else _POINTED) + log2(len(self.words))

    def _knows(self, bare: str) -> bool:
        folded = bare.casefold()
        return folded in self.words and bare in (folded, folded[:1].upper() + folded[1:])

    def _spelled(self, word: str) -> float:
        small = log2((len(self.letters) + 1) / _COMMON)
        return small + sum(small if each in self.letters else _other(each) for each in word)


def _other(letter: str) -> float:
    """A capital, digit or sign of ASCII, or anything at all."""
    return log2(128 / _USUAL) if letter.isascii() else log2(_ALL / _RARE)


def lexicon(texts: Iterable[str]) -> Lexicon:
    words = frozenset(word for text in texts for word in _split(text))
    return Lexicon(words, frozenset(letter for word in words for letter in word))


def _split(text: str) -> Iterable[str]:
    return unicodedata.normalize("NFC", text.casefold()).split()
