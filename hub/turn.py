"""One turn of the conversation, finished: what everyone who shows, publishes or scores it sees."""

from dataclasses import dataclass, field
from typing import Literal

import msgspec

from hub.messages import Seconds
from intents.wishes import Slot, Wish

Result = Literal["done", "published", "answered", "refused", "asked", "queued", "failed"]
"""`published`: there is no home to act on but the automations that listen on MQTT; `asked`: it
waits for a yes or a code; `queued`: for the home, which cannot be reached.
"""


class Action(msgspec.Struct, frozen=True, omit_defaults=True):
    """`targets`: names as the home spells them. `care`: the class by which the executor judged it,
    in the words of the settings; None where nothing was called.
    """

    intent: str
    targets: tuple[str, ...]
    result: Result
    care: str | None = None


@dataclass(frozen=True, slots=True)
class CodeWanted:
    """`id` of the question; `text`: what the hub would do; `seconds` for which it waits."""

    id: str
    text: str = field(repr=False)
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one wish."""

    reply: str = field(repr=False)
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """`wishes` empty: not understood, and then `nearest` holds sentences that would have been.
    `code_wanted`: the hub waits for a code on a second device; `expects_answer`: the
    reply is a question, so the answer needs no wake word.
    """

    wishes: tuple[Wish, ...]
    actions: tuple[Action, ...] = ()
    reply: str = field(default="", repr=False)
    words: str | None = field(default=None, repr=False)
    confidence: float = 0.0
    seconds: Seconds = field(default_factory=Seconds)
    nearest: tuple[str, ...] = ()
    expects_answer: bool = False
    code_wanted: CodeWanted | None = None


class TurnLine(msgspec.Struct, frozen=True, kw_only=True):
    """A turn as JSON (interfaces.md); `intent` and `slots` are the first wish's."""

    words: str | None
    intent: str | None
    slots: dict[str, Slot]
    actions: tuple[Action, ...]
    confidence: float
    seconds: Seconds
    reply: str
    nearest: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"TurnLine({self.intent})"


def line(turn: Turn) -> TurnLine:
    first = turn.wishes[0] if turn.wishes else None
    return TurnLine(
        words=turn.words,
        intent=first.intent if first else None,
        slots=dict(first.slots) if first else {},
        actions=tuple(msgspec.structs.replace(each, care=None) for each in turn.actions),
        confidence=turn.confidence,
        seconds=turn.seconds,
        reply=turn.reply,
        nearest=turn.nearest,
    )
