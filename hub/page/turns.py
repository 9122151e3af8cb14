"""The last turns with their reasons. A turn that was refused has no words, as nowhere else."""

import msgspec

from hub.asker import Way
from hub.household import Household
from hub.messages import Seconds
from hub.turn import Action, Turn
from hub.why.said import explain
from hub.why.trace import Candidate, NotHeardReason, Trace, Woken
from hub.why.traces import NotKept
from intents.wishes import Slot

_SHOWN = 20


class WishShown(msgspec.Struct, frozen=True):
    intent: str
    slots: dict[str, Slot]

    def __repr__(self) -> str:
        return f"WishShown({self.intent})"


class TurnShown(msgspec.Struct, frozen=True, kw_only=True):
    """`at`: seconds since 1970; None for one that was not kept. `nearest`: sentences of this home's
    grammar, where nothing was understood. `why`: in a sentence or two.
    """

    at: float | None
    way: Way
    area: str | None
    words: str | None
    wishes: tuple[WishShown, ...]
    actions: tuple[Action, ...]
    reply: str
    why: str
    confidence: float
    seconds: Seconds
    wake: Woken | None = None
    nearest: tuple[Candidate, ...] = ()
    reason: NotHeardReason | None = None
    false_alarm: bool = False

    def __repr__(self) -> str:
        return "TurnShown()"


class Turns(msgspec.Struct, frozen=True, kw_only=True):
    """`kept` false: the settings say that nothing is to be kept. `problem`: plain words."""

    turns: tuple[TurnShown, ...] = ()
    kept: bool = True
    problem: str = ""


def turns(household: Household) -> Turns:
    if household.why.traces is None:
        return Turns(kept=False)
    try:
        found = household.why.last(_SHOWN)
    except NotKept as error:
        return Turns(problem=str(error))
    language = household.conversation.granting.language
    return Turns(turns=tuple(_shown(trace, language) for trace in found))


def _shown(trace: Trace, language: str) -> TurnShown:
    return TurnShown(
        at=trace.at,
        way=trace.asker.way,
        area=trace.asker.area,
        words=trace.turn.words if trace.turn.wishes else None,
        wishes=wishes(trace.turn),
        actions=trace.turn.actions,
        reply=trace.turn.reply,
        why=explain(trace, language),
        confidence=trace.turn.confidence,
        seconds=trace.turn.seconds,
        wake=trace.wake,
        nearest=trace.candidates,
        reason=trace.reason,
        false_alarm=trace.false_alarm,
    )


def typed(turn: Turn, area: str | None) -> TurnShown:
    """The answer to a sentence that was just typed; its reason comes with the last turns."""
    return TurnShown(
        at=None,
        way="page",
        area=area,
        words=turn.words if turn.wishes else None,
        wishes=wishes(turn),
        actions=turn.actions,
        reply=turn.reply,
        why="",
        confidence=turn.confidence,
        seconds=turn.seconds,
        nearest=tuple(Candidate(sentence) for sentence in turn.nearest),
        reason=None if turn.wishes else "not_understood",
    )


def wishes(turn: Turn) -> tuple[WishShown, ...]:
    return tuple(WishShown(wish.intent, dict(wish.slots)) for wish in turn.wishes)
