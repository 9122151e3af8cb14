"""Kept sentences through the product's own chain, under one or two settings in turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from audio.engines import Vad
from hub.asker import Asker
from hub.hearing import Hearing
from hub.household_bench.chest import Sentence
from hub.listening import Take, last_speech, listen
from hub.local import Local
from hub.scoring import Judged, Truth, judge, score

Result = Literal["exact", "wrong action", "missed"]


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of sentences; `p50`, `p95`: seconds from the last speech to the intent."""

    n: int
    exact: int
    wrong_actions: int
    missed: int
    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the settings to compare. `area`: the room in which everything is said."""

    hearing: Hearing
    home: Local
    area: str | None
    judged: dict[str, Judged] = field(default_factory=dict)

    def figures(self) -> Figures:
        found = [result(each) for each in self.judged.values()]
        times = score(tuple(self.judged.values()), 0)
        return Figures(
            n=len(found),
            exact=found.count("exact"),
            wrong_actions=found.count("wrong action"),
            missed=found.count("missed"),
            p50=times.p50,
            p95=times.p95,
        )


def result(judged: Judged) -> Result:
    """An exact command with another done besides is a wrong action."""
    if judged.false_action:
        return "wrong action"
    return "exact" if judged.exact else "missed"


async def run(
    sentences: Sequence[Sentence], sides: Sequence[Side], vad: Vad, told: Callable[[int], None]
) -> list[str]:
    """Fills the sides; the ids of sentences that their home does not know, which are not scored.

    Which side goes first alternates: neither always finds the caches warm.
    """
    unknown = []
    for number, sentence in enumerate(sentences):
        truth = await _truth(sentence, sides[0])
        if truth is None:
            unknown.append(sentence.id)
        else:
            end = last_speech(sentence.pcm, vad)
            for side in sides if number % 2 == 0 else reversed(sides):
                takes = await listen(sentence.pcm, side.hearing, side.home.conversation())
                side.judged[sentence.id] = _judged(takes, truth, end)
        told(number + 1)
    return unknown


def changed(before: Side, after: Side) -> list[tuple[str, Result, Result]]:
    """Id, result before and result after of every sentence with another outcome."""
    pairs = ((name, result(one), result(after.judged[name])) for name, one in before.judged.items())
    return [pair for pair in pairs if pair[1] != pair[2]]


async def _truth(sentence: Sentence, side: Side) -> Truth | None:
    if sentence.text is None:
        return Truth(None, {})
    turn = await side.home.conversation().ask(sentence.text, Asker("typed", side.area))
    return Truth(turn.wishes[0].intent, turn.wishes[0].slots) if turn.wishes else None


def _judged(takes: Sequence[Take], truth: Truth, end: float) -> Judged:
    """By the first turn that was understood; any further action is a wrong one."""
    understood = [take for take in takes if take.turn.wishes] or takes
    if not understood:
        return judge(None, truth, None)
    first, *others = understood
    return judge(first.turn, truth, first.at - end, more=any(take.turn.actions for take in others))
