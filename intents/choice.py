"""Whether one of several sentences that sound alike was said, and which."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intents.repair import Candidate
from intents.wishes import Wish

Scorer = Callable[[Sequence[str]], Sequence[float]]
"""Sentences -> what the ear thinks of each: log-probability of the whole for the same sound."""

SURE = 0.7
"""Confidence from which a sentence that was not heard word for word is taken."""
LIKELY = 0.5
"""As `SURE`, where what was heard is a sentence too, with free text in it."""
_HARDLY = 0.05
"""Below it, to ask would be to repeat what somebody said to somebody else."""
_PER_SOUND = 1.5
"""What a unit of distance by sound weighs against one of log-probability."""
_DOUBT = 9.2
"""At which a sentence is as likely wrong as right, and how soon doubt becomes certainty.

Chosen on half of 80 repaired commands and of 242 spoken to homes that lacked what was asked for
(tiny.en, clean and in 12 dB of noise): none of 44 refused, none of 116 taken; on the other half 2
of 36 and 3 of 126.
"""
_SCALE = 1.2
_SHARE = 30.0
"""Doubt from the share of sounds that differ."""
_WORD = 2.5
"""Log-probability that each further word may cost: where one was misheard, others are too."""
_MOST_WORDS = 5
_SLIGHT = 0.5
"""Distance of one sound from its neighbour ("bad light" for "bed light"), and how much what the ear
thinks counts then: a bigger model is surer of the wrong one.
"""
_SLIGHTLY = 0.4
_CLEAR = -0.25
"""Log-probability for each sound below which what was heard is no measure for anything."""
_BEYOND = 4.0
"""So much worse than the best, nothing is its rival."""
_FLAT = 50.0
"""Beyond this many scales there is only doubt."""
_DEAF_SOUND = 4.0
_DEAF_SHARE = 150.0
"""As `_PER_SOUND` and `_SHARE`, where the ear cannot tell: one sound in twenty may differ."""
_DEAF_WORD = 20.0
"""Then names are repaired, not verbs: "up" is a word, and near "off"."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate. `likelihood`: how much better or worse the ear finds it than the words that it
    heard; None where the ear cannot tell.
    """

    candidate: Candidate
    likelihood: float | None

    @property
    def rank(self) -> float:
        if self.likelihood is None:
            return -_DEAF_SOUND * self.candidate.distance
        return self.likelihood - _PER_SOUND * self.candidate.distance

    @property
    def doubt(self) -> float:
        """That this was said, whatever else may have been."""
        share = self.candidate.distance / self.candidate.sounds
        if self.likelihood is None:
            return _DEAF_SHARE * share + _DEAF_WORD * self.candidate.reworded
        further = min(self.candidate.changes, _MOST_WORDS) - 1
        weight = _SLIGHTLY if self.candidate.distance <= _SLIGHT else 1.0
        return _SHARE * share - weight * self.likelihood - _WORD * max(0, further)


@dataclass(frozen=True, slots=True)
class Choice:
    """`confidence` 0..1 that it was said. `rivals`: what else may have been, best first."""

    candidate: Candidate
    wish: Wish
    confidence: float
    rivals: tuple[Candidate, ...]

    @property
    def offered(self) -> tuple[str, ...]:
        """Sentences worth asking for; none where this was hardly said."""
        if self.confidence < _HARDLY:
            return ()
        return tuple(each.offered for each in (self.candidate, *self.rivals))


def ranked(heard: str, candidates: Sequence[Candidate], score: Scorer | None) -> list[Ranked]:
    """Best first. What alone of all sounds just as it was heard needs no second look."""
    same = [each for each in candidates if not each.changes]
    if score is None:
        found = [Ranked(each, None) for each in candidates]
    elif len(same) == 1 and (len(candidates) == 1 or not same[0].is_open):
        found = [Ranked(same[0], 0.0)]
    elif candidates:
        first, *others = score([heard, *(each.said for each in candidates)])
        first = max(first, _CLEAR * candidates[0].sounds)
        pairs = zip(candidates, others, strict=True)
        found = [Ranked(each, likelihood - first) for each, likelihood in pairs]
    else:
        found = []
    return sorted(found, key=lambda each: each.rank, reverse=True)


def choose(
    ordered: Sequence[Ranked], understand: Callable[[Candidate], Wish | None]
) -> Choice | None:
    """The best that means something; None where none does. What asks for the same is no rival."""
    best = wish = None
    rivals = []
    for each in ordered:
        if best and each.rank < best.rank - _BEYOND:
            break
        other = understand(each.candidate)
        if best is None or wish is None:
            best, wish = each, other
        elif other is not None and not _same(other, wish):
            rivals.append(each)
    if best is None or wish is None:
        return None
    alone = 1.0 / (1.0 + sum(math.exp(each.rank - best.rank) for each in rivals))
    said = 1.0 / (1.0 + math.exp(min(_FLAT, (best.doubt - _DOUBT) / _SCALE)))
    return Choice(best.candidate, wish, alone * said, tuple(each.candidate for each in rivals))


def _same(one: Wish, other: Wish) -> bool:
    return (one.intent, dict(one.slots)) == (other.intent, dict(other.slots))
