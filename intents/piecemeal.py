"""A sentence of several wishes in which words were misheard: each part is put right by itself.

The ear judges whole sentences: those in which the part is replaced. Pure.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from intents.choice import SURE, Scorer, choose, ranked
from intents.repair import Candidate
from intents.wishes import Wish

_MOST = 6
"""Parts of one sentence."""


@dataclass(frozen=True, slots=True)
class Mended:
    """`text`: the sentence put right; `confidence` 0..1 that it was said."""

    wishes: tuple[Wish, ...]
    confidence: float
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Piecemeal:
    """`near`: sentences that sound like a part; `wish`: what one means by the templates;
    `understand`: what a part or a sentence means in any way.
    """

    joins: re.Pattern[str]
    near: Callable[[str], Sequence[Candidate]]
    wish: Callable[[str], Wish | None]
    understand: Callable[[str], tuple[Wish, ...]]

    def mended(self, text: str, score: Scorer | None) -> Mended | None:
        """Only where every part then means something: never fewer wishes than parts."""
        pieces = self.joins.split(text)
        spoken = [at for at in range(0, len(pieces), 2) if pieces[at].strip(" .")]
        if not 1 < len(spoken) <= _MOST:
            return None
        confidence = 1.0
        for at in spoken:
            if self.understand(pieces[at]):
                continue
            choice = choose(
                ranked(pieces[at], self.near(pieces[at]), _in_place(pieces, at, score)),
                lambda candidate: self.wish(candidate.text),
            )
            if choice and choice.confidence >= SURE:
                pieces[at] = choice.candidate.text
                confidence *= choice.confidence
        mended = "".join(pieces)
        wishes = self.understand(mended) if mended != text else ()
        return Mended(wishes, confidence, mended) if len(wishes) >= len(spoken) else None

    def is_several(self, text: str) -> bool:
        """Whether a part behind the first is a wish by itself: then the whole is not one wish."""
        return any(self.understand(part) for part in self.joins.split(text)[2::2] if part.strip())


def joining(joins: Sequence[tuple[str, ...]]) -> re.Pattern[str]:
    """Finds what stands between parts, with the spaces and the comma around it."""
    spoken = sorted((each for each in joins if each[0].isalpha()), key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, each)) for each in spoken)
    return re.compile(rf"(\s*[,;]?\s*\b(?:{either})\b[\s,]*|\s*[,;]\s+)", re.IGNORECASE)


def _in_place(pieces: Sequence[str], at: int, score: Scorer | None) -> Scorer | None:
    """Of a part, by the whole sentence. What the rest of it costs is left out, so that likelihoods
    are as of a sentence of this length.
    """
    if score is None:
        return None
    before, after = "".join(pieces[:at]), "".join(pieces[at + 1 :])
    rest = 1 - len(pieces[at]) / len("".join(pieces))

    def scored(parts: Sequence[str]) -> tuple[float, ...]:
        found = score([f"{before}{_less_stop(part) if after else part}{after}" for part in parts])
        return tuple(each - rest * found[0] for each in found)

    return scored


def _less_stop(part: str) -> str:
    return part.removesuffix(".")
