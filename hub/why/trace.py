"""A turn with all that led to it: who asked and how, the wake word, what came near, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from hub.asker import Asker
from hub.messages import Wake
from hub.turn import Turn
from hub.why.because import Because, because
from intents.home import Home
from intents.nearest import nearness

NotHeardReason = Literal["no_speech", "sound_lost", "not_understood", "too_much"]


class Woken(msgspec.Struct, frozen=True):
    """`score` 0..1."""

    word: str
    score: float


class Candidate(msgspec.Struct, frozen=True):
    """A sentence of this home's own grammar; `score`: how near it lies, 0..1, where the words may
    be known to tell.
    """

    sentence: str
    score: float | None = None


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """`at`: seconds since 1970. `because`: for each action of the turn, where it can be told.
    `reason`: why nothing was understood. `false_alarm`: its owner says that it should not have
    woken. Words only of what was a command.
    """

    at: float
    asker: Asker
    turn: Turn
    wake: Woken | None = None
    because: tuple[Because | None, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    reason: NotHeardReason | None = None
    false_alarm: bool = False

    def __repr__(self) -> str:
        return f"Trace({self.at:.0f})"


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of how a turn came about. `said`: a typed sentence, used to tell how near the
    candidates lie, and not kept.
    """

    asker: Asker
    wake: Wake | None = None
    said: str | None = None
    reason: NotHeardReason | None = None


def trace(turn: Turn, origin: Origin, home: Home, at: float) -> Trace:
    understood = bool(turn.wishes)
    return Trace(
        at=at,
        asker=origin.asker,
        turn=replace(turn, wishes=tuple(replace(w, slots=dict(w.slots)) for w in turn.wishes)),
        wake=Woken(origin.wake.word, origin.wake.score) if origin.wake else None,
        because=tuple(because(each, turn.wishes, home, turn.words) for each in turn.actions),
        candidates=tuple(_candidates(turn.nearest, origin.said)),
        reason=None if understood else origin.reason or "not_understood",
    )


def _candidates(nearest: Sequence[str], said: str | None) -> list[Candidate]:
    if said is None:
        return [Candidate(sentence) for sentence in nearest]
    return [Candidate(each, round(nearness(said, each), 2)) for each in nearest]
