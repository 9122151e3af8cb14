"""What a sentence sounds like, and how near two sounds are to each other."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from math import dist
from string import digits

import numpy as np
from hassil.numbers import get_rbnf_engine
from numpy.typing import NDArray

from intents import english

Codes = NDArray[np.int16]
"""Sounds as indices into the tables below."""

_VOWELS = {
    "I": (0.0, 0.0), "i": (0.5, 0.3), "E": (1.0, 0.1), "e": (1.5, 0.2), "a": (2.7, 0.4),
    "V": (1.7, 1.0), "R": (1.5, 1.2), "A": (3.0, 1.5), "O": (2.3, 2.0), "o": (1.5, 2.0),
    "U": (0.6, 1.7), "u": (0.0, 2.0), "Y": (2.2, 0.7), "W": (2.4, 1.3), "Q": (1.6, 1.4),
}  # fmt: skip
"""How open, and how far back in the mouth."""
_CONSONANTS = {
    "p": (0, 0, 0), "b": (0, 0, 1), "m": (0, 3, 1), "f": (0.3, 1, 0), "v": (0.3, 1, 1),
    "w": (0, 4, 1), "T": (1, 1, 0), "t": (2, 0, 0), "d": (2, 0, 1), "s": (2, 1, 0),
    "z": (2, 1, 1), "n": (2, 3, 1), "l": (2, 4, 1), "r": (2.5, 4.5, 1), "S": (3, 1, 0),
    "Z": (3, 1, 1), "C": (3, 0.5, 0), "J": (3, 0.5, 1), "y": (3.5, 4, 1), "k": (4, 0, 0),
    "g": (4, 0, 1), "N": (4, 3, 1), "h": (5, 1, 0),
}  # fmt: skip
"""Place from the lips (0) to the throat, manner (stop, fricative, nasal, glide), voice."""
_NEAR = {
    "Rr": 0.3, "Vh": 0.6, "Iy": 0.3, "iy": 0.4, "uw": 0.3, "Uw": 0.4, "ow": 0.6, "Ol": 0.6,
    "ol": 0.6, "RV": 0.25,
}  # fmt: skip
"""Pairs across the two tables."""
_WEAK = {
    "V": 0.35, "i": 0.4, "h": 0.35, "t": 0.4, "d": 0.4, "r": 0.45, "R": 0.5, "s": 0.5, "z": 0.5,
    "T": 0.5, "n": 0.6, "y": 0.4, "w": 0.5, "l": 0.55,
}  # fmt: skip
"""What a sound that is missing, or too many, costs; 0.7 for others."""
_STRANGERS = 256
"""Codes shared by the letters of all scripts whose sounds are not told here."""

_ALPHABET = "".join(_VOWELS) + "".join(_CONSONANTS)
_KNOWN = {sound: index for index, sound in enumerate(_ALPHABET)}
_TOKEN = re.compile(
    r"[0-9]+(?:[.,][0-9]+)?(?:st|nd|rd|th)?|[^\W\d_]+(?:['\u2019][^\W\d_]+)*|[%\u00b0]"
)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a name like EcoBee is two words."""
_WRITTEN = re.compile(r"[^\s-]+[\s-]*")
_PART = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_LONGEST_NUMBER = 9
"""Digits; longer ones are said one by one."""
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$")
_HALF = re.compile(r"[.,]5$")
_SIGNS = {"%": "percent", "\u00b0": "degrees"}
_LATIN = str.maketrans({"c": "k", "q": "k", "x": "ks", "j": "y", "y": "i", "\u00df": "s"})


def _costs() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(sounds, sounds): hearing one for another; (sounds,): missing one, or hearing one more."""
    size = len(_ALPHABET) + _STRANGERS
    swap = np.ones((size, size), np.float32)
    extra = np.full(size, 0.7, np.float32)
    for table, cost in ((_VOWELS, _vowels_apart), (_CONSONANTS, _consonants_apart)):
        for one, other in product(table, repeat=2):
            swap[_KNOWN[one], _KNOWN[other]] = cost(one, other)
    for pair, near in _NEAR.items():
        codes = [_KNOWN[sound] for sound in pair]
        swap[codes, codes[::-1]] = near
    for sound, weak in _WEAK.items():
        extra[_KNOWN[sound]] = weak
    np.fill_diagonal(swap, 0.0)
    return swap, extra


def _vowels_apart(one: str, other: str) -> float:
    return min(0.8, 0.1 + 0.25 * dist(_VOWELS[one], _VOWELS[other]))


def _consonants_apart(one: str, other: str) -> float:
    (place, manner, voice), (place_, manner_, voice_) = _CONSONANTS[one], _CONSONANTS[other]
    apart = min(0.4, 0.15 * abs(place - place_)) + min(0.5, 0.25 * abs(manner - manner_))
    return min(1.0, 0.1 + apart + 0.15 * abs(voice - voice_))


SWAP, EXTRA = _costs()


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was written, and its sounds."""

    text: str = field(repr=False)
    sounds: Codes = field(repr=False)


class Sounds:
    """Of one language. English by rules of its own; of others, their letters as Latin says them."""

    def __init__(self, language: str) -> None:
        self._english = language.partition("-")[0] == "en"
        self._say: Callable[[str], str] = english.sound if self._english else _letters
        self._number = speller(language)

    def of(self, text: str) -> Codes:
        """A text's sounds, words run together."""
        words = [self._token(token) for token in _TOKEN.findall(text)]
        return np.array([code for word in words for code in word], np.int16)

    def words(self, text: str) -> tuple[Word, ...]:
        """As they are written, with what stands between them and the next."""
        parts = (found[0] for found in _WRITTEN.finditer(text))
        return tuple(Word(part, self.of(part)) for part in parts)

    def _token(self, token: str) -> tuple[int, ...]:
        if token[0] in digits:
            return self._codes(self._spelled(token))
        if self._english and token in _SIGNS:
            return self._codes(_SIGNS[token])
        return self._codes(token)

    def _spelled(self, number: str) -> str:
        if found := _ORDINAL.search(number):
            return f"{self._spelled(number[: found.start()])} {found[0]}"
        if self._english and _HALF.search(number):
            return f"{self._spelled(number[:-2])} and a half"
        return self._number(number)

    def _codes(self, text: str) -> tuple[int, ...]:
        parts = _PART.findall(CAMEL.sub(" ", text))
        return tuple(_code(each) for word in parts for each in self._say(word))


def _code(sound: str) -> int:
    return _KNOWN.get(sound, len(_ALPHABET) + ord(sound) % _STRANGERS)


def _letters(word: str) -> str:
    """A word of any language as its letters; accents say nothing."""
    plain = unicodedata.normalize("NFD", word.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return kept.translate(_LATIN)


def speller(language: str) -> Callable[[str], str]:
    """Digits to words, where the language's are known."""
    try:
        engine = get_rbnf_engine(language)
    except ValueError:
        return str

    @cache
    def spell(number: str) -> str:
        if len(number) > _LONGEST_NUMBER:
            return " ".join(map(spell, filter(str.isdigit, number)))
        return str(engine.format_number(number.replace(",", ".")).text)

    return spell
