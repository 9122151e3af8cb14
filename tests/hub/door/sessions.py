"""Doors to knock at, and what an honest senses says through them."""

from collections.abc import Iterator

import msgspec

from hub.door.capacity import home_of
from hub.door.door import SensesDoor
from hub.door.turns import Permission
from hub.fields import UP_LIMIT
from hub.grammars import Grammars
from hub.messages import FromSenses, Heard, NotHeard, Seconds, State, Wake, WishLine
from hub.pipes import Decoder
from intents.grammar import Grammar
from intents.home import Home
from intents.wishes import NotUnderstood

WORD = "hey_jarvis"
HOME = home_of(20, 5)
TIMES = Seconds(wake=0.004, vad=0.5, asr=0.31, intent=0.006, total=0.816)


def door(
    home: Home = HOME, *, language: str = "en", words: bool = True, open_text: bool = True
) -> SensesDoor:
    permission = Permission(frozenset({WORD}), words=words, open_text=open_text)
    made = SensesDoor(language, permission, Grammars(language))
    made.learn(home)
    return made


def wake(turn: int = 1, score: float = 0.9) -> Wake:
    return Wake(source="microphone", turn=turn, word=WORD, score=score)


def heard(*wishes: WishLine, turn: int = 1, words: str | None = None) -> Heard:
    return Heard(
        source="microphone",
        turn=turn,
        wishes=wishes,
        words=words,
        confidence=0.87,
        seconds=TIMES,
    )


def wish(intent: str, response: str = "default", /, **slots: str | float) -> WishLine:
    return WishLine(intent=intent, slots=slots, score=1.0, response=response)


def honest(grammar: Grammar, text: str, turn: int) -> Iterator[FromSenses]:
    """One turn as hub/hearing.py reports it."""
    yield wake(turn)
    yield State(source="microphone", state="listening")
    yield State(source="microphone", state="processing")
    found = grammar.parse(text)
    if isinstance(found, NotUnderstood):
        nearest = found.nearest[:3]
        yield NotHeard(
            source="microphone", turn=turn, reason="not_understood", nearest=nearest, seconds=TIMES
        )
    else:
        lines = (wish(w.intent, w.response, **w.slots) for w in found)
        yield heard(*lines, turn=turn, words=text)
    yield State(source="microphone", state="idle")


def decoder() -> Decoder[FromSenses]:
    return Decoder(msgspec.json.Decoder(FromSenses), UP_LIMIT)
