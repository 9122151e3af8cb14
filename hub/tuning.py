"""The sensitivity that hears every wake word and nothing else, as far as there is one. Pure.

`propose` takes scores of what was the word and of what was not. Live, nobody says which was which:
`marked` tells it from what followed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import nextafter
from typing import Literal

from audio.frames import samples
from audio.near_misses import PASSAGE, REACH, Passage
from integrations.payloads import SENSITIVITY_FLOOR

ENOUGH = 3
"""Words from which on a proposal means something."""
LOWEST, HIGHEST = 0.05, 1.0 - SENSITIVITY_FLOOR
"""Thresholds that can be set: `hub.hearing` goes no lower, Home Assistant's slider no higher."""
_BELOW = nextafter(LOWEST, 0)
_UNKNOWN, _USUAL = REACH, 0.5
"""The highest score of a home that was not recorded: in 17 minutes of speech, music and noise the
engines reached .03 and .28 (alexa). Without a reason no threshold is above the usual one.
"""
_RETRY = samples(6.0)
"""Who was not heard says it again so soon."""
_DIGITS = range(2, 6)
"""As few as keep the threshold where it is right."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Scores 0..1. `missed` of `words` would not wake, `waking` of `others` would; `quietest` of
    the words, `loudest` of the others. `sensitivity` is 1 - `threshold`.
    """

    threshold: float
    sensitivity: float
    words: int
    missed: int
    quietest: float
    others: int
    waking: int
    loudest: float

    @property
    def overlap(self) -> bool:
        return self.missed + self.waking > 0


def propose(words: Sequence[float], others: Sequence[float]) -> Proposal | None:
    """The threshold with the fewest errors and, of those, the most room on both sides.

    A missed word and a false wake count the same. None: too few words that can be reached at all.
    """
    if sum(word >= LOWEST for word in words) < ENOUGH:
        return None
    threshold = _cut(words, others) if others else min(_USUAL, _cut(words, (_UNKNOWN,)))
    return Proposal(
        threshold=threshold,
        sensitivity=round(1.0 - threshold, _DIGITS[-1]),
        words=len(words),
        missed=sum(word < threshold for word in words),
        quietest=min(words),
        others=len(others),
        waking=sum(other >= threshold for other in others),
        loudest=max(others, default=0.0),
    )


def _cut(words: Sequence[float], others: Sequence[float]) -> float:
    inside = {score for score in (*words, *others) if LOWEST <= score < HIGHEST}
    gaps = pairwise(sorted({_BELOW, HIGHEST, *inside}))

    def worth(gap: tuple[float, float]) -> tuple[int, float]:
        missed = sum(word < gap[1] for word in words)
        return -missed - sum(other >= gap[1] for other in others), gap[1] - gap[0]

    below, above = max(gaps, key=worth)
    floor, ceiling = below, above
    # Where only what can be set limits it, the scores beyond say where the middle is.
    if below == _BELOW:
        floor = max((other for other in others if other <= below), default=below)
    if above == HIGHEST:
        ceiling = min((word for word in words if word >= above), default=above)
    middle = min(above, max(LOWEST, (floor + ceiling) / 2))
    plain = (round(middle, digits) for digits in _DIGITS)
    return next((each for each in plain if below < each <= above), above)


@dataclass(frozen=True, slots=True)
class Turn:
    """What followed the wake word heard at sample `at`: a command, nothing said, or words that were
    not understood, which tells nothing of the wake word.
    """

    word: str
    at: int
    followed: Literal["command", "nothing", "words"]


def marked(
    passages: Iterable[Passage], turns: Iterable[Turn]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Peaks of what was the wake word, and of what was not."""
    followed = tuple(turns)
    words: list[float] = []
    others: list[float] = []
    for passage in passages:
        match _was_word(passage, followed):
            case True:
                words.append(passage.peak)
            case False:
                others.append(passage.peak)
            case None:
                pass  # nobody can tell
    return tuple(words), tuple(others)


def _was_word(passage: Passage, turns: Sequence[Turn]) -> bool | None:
    """A command follows it, or it was said again and then a command followed."""
    same = [turn for turn in turns if turn.word == passage.word]
    if passage.reached:
        followed = {turn.followed for turn in same if abs(turn.at - passage.at) < PASSAGE}
        return None if followed in (set(), {"words"}) else "command" in followed
    soon = [turn for turn in same if 0 < turn.at - passage.at <= _RETRY]
    return any(turn.followed == "command" for turn in soon)
