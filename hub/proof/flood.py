"""What a hostile senses says to the house, to have it carry sound out in its words. Pure.

From what is no message at all to messages of the right form and order that hold something else:
base64 and hex in every text, samples as numbers, lines too long, too deep or too many.
"""

from collections.abc import Iterator

import msgspec

from hub.messages import Health, Heard, Message, NotHeard, Seconds, State, Wake, WishLine
from hub.pipes import encode
from hub.proof.contraband import BASE64, HEX, NUMBERS, SOUND

_TEXTS, _WAKES = 40, 3_000
_SLICE = 80
_LONG, _DEEP = 200_000, 3_000
_SOURCE, _WORD = "senses", "hey_jarvis"
_NO_TIME = Seconds()


def lines() -> Iterator[bytes]:
    yield from _no_messages()
    for number, at in enumerate(range(0, _TEXTS * _SLICE, _SLICE)):
        yield from map(encode, _texts(number * 10, BASE64[at:][:_SLICE], HEX[at:][:_SLICE]))
    yield from map(encode, _numbers())


def _no_messages() -> Iterator[bytes]:
    yield SOUND + b"\n"
    yield msgspec.json.encode(list(SOUND)) + b"\n"
    yield b'"' + BASE64.encode() + b'"\n'
    yield b'{"v":1,"t":"state","source":"' + HEX.encode() * (_LONG // len(HEX)) + b'"}\n'
    yield b"[" * _DEEP + b"]" * _DEEP + b"\n"
    yield b'{"v":1,"t":"wake","source":"senses","turn":1,"word":"hey_jarvis","score":NaN}\n'


def _texts(turn: int, piece: str, other: str) -> Iterator[Message]:
    """Free text, wherever there is any; turns from `turn` on."""
    yield State(source=_SOURCE, state="deaf", reason=piece)
    yield State(source=other, state="idle")
    yield Wake(source=_SOURCE, turn=turn, word=piece, score=1.0)
    yield from _turn(turn + 1, _wish(piece))
    yield from _turn(turn + 2, _wish("HassTurnOn", name=other))
    yield from _turn(turn + 3, _wish("HassTurnOn", area="kitchen", domain="light"), piece)
    yield from _turn(turn + 4, _wish("HassTurnOn", **{piece: 1}))
    yield from _turn(turn + 5, _wish("HassShoppingListAddItem", item=piece))
    yield from _turn(turn + 6, _wish("HassTurnOn", name="kitchen light"), f"turn on {piece}")
    yield _woken(turn + 7)
    yield NotHeard(source=_SOURCE, turn=turn + 7, reason="not_understood", nearest=(piece, other))


def _numbers() -> Iterator[Message]:
    """Samples as turns, scores, counts and values."""
    for index in range(_WAKES):
        number = NUMBERS[index % len(NUMBERS)]
        yield _woken(number, number % 65_536 / 65_536)
        if index % 100 == 0:
            yield from _turn(number, _wish("HassLightSet", brightness=number))
            yield Health(source=_SOURCE, dropped=number, unsent=number, refused=number)


def _turn(turn: int, wish: WishLine, words: str | None = None) -> Iterator[Message]:
    """A wake word, and what is said to have been understood."""
    yield _woken(turn)
    yield Heard(
        source=_SOURCE, turn=turn, wishes=(wish,), words=words, confidence=1.0, seconds=_NO_TIME
    )


def _woken(turn: int, score: float = 1.0) -> Wake:
    return Wake(source=_SOURCE, turn=turn, word=_WORD, score=score)


def _wish(intent: str, **slots: str | int) -> WishLine:
    return WishLine(intent=intent, slots=dict(slots), score=1.0)
