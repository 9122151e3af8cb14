"""Lines through a real pipe: whole, cut anywhere, too long, not ours."""

import os

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.fields import UP_LIMIT
from hub.messages import FromSenses, Heard, Message, NotHeard, Say, Seconds, State, Wake, WishLine
from hub.pipes import Decoder, LineTooLong, Reader, Writer, encode

VOCABULARY = msgspec.json.Decoder(FromSenses)
HEARD = Heard(
    source="microphone",
    turn=1,
    area="Kitchen",
    wishes=(WishLine(intent="HassTurnOn", slots={"name": "Lamp", "brightness": 20}, score=0.9),),
    words="turn on the lamp",
    confidence=0.8,
    seconds=Seconds(asr=0.2, total=0.9),
)
SOME = (
    State(source="senses", state="ready"),
    Wake(source="microphone", turn=1, word="hey_jarvis", score=0.97),
    HEARD,
    NotHeard(source="microphone", turn=2, reason="not_understood", nearest=("turn on the lamp",)),
)


@given(st.lists(st.sampled_from(SOME)), st.integers(1, 80))
def test_any_cut_of_the_stream_gives_the_same_messages(messages: list[Message], size: int) -> None:
    decoder = Decoder(VOCABULARY, UP_LIMIT)
    stream = b"".join(encode(message) for message in messages)
    parts = [stream[i : i + size] for i in range(0, len(stream), size)]
    assert [m for part in parts for m in decoder.feed(part)] == messages
    assert decoder.refused == 0


@given(st.binary(max_size=200))
def test_what_is_not_in_the_vocabulary_is_refused_and_the_next_line_is_read(junk: bytes) -> None:
    junk = junk.replace(b"\n", b"")
    decoder = Decoder(VOCABULARY, UP_LIMIT)
    assert list(decoder.feed(junk + b"\n" + encode(SOME[0]))) == [SOME[0]]
    assert decoder.refused == bool(junk)  # an empty line says nothing


@pytest.mark.parametrize(
    "line",
    [
        b'{"t":"heard","v":1}',
        b'{"t":"transcript","v":1,"text":"hello"}',
        b'{"t":"state","v":2,"source":"senses","state":"ready"}',
        b'{"t":"state","v":1,"source":"senses","state":"ready","pcm":"AAAA"}',
        b'{"t":"wake","v":1,"source":"m","turn":1,"word":"x","score":7}',
    ],
)
def test_unknown_types_keys_versions_and_values_are_refused(line: bytes) -> None:
    decoder = Decoder(VOCABULARY, UP_LIMIT)
    assert list(decoder.feed(line + b"\n")) == []
    assert decoder.refused == 1


def test_an_open_slot_of_more_than_80_characters_does_not_cross() -> None:
    wish = WishLine(intent="HassListAddItem", slots={"item": "x" * 81}, score=1.0)
    line = encode(msgspec.structs.replace(HEARD, wishes=(wish,)))
    decoder = Decoder(VOCABULARY, UP_LIMIT)
    assert list(decoder.feed(line)) == []
    assert decoder.refused == 1


def test_a_line_without_end_is_dropped_whole() -> None:
    decoder = Decoder(VOCABULARY, UP_LIMIT)
    assert list(decoder.feed(b"x" * (UP_LIMIT + 1))) == []
    assert list(decoder.feed(b"\n" + encode(SOME[0]))) == [SOME[0]]
    assert decoder.refused == 1


def test_a_line_over_the_limit_is_our_own_error() -> None:
    with pytest.raises(LineTooLong):
        encode(Say(id=1, text="x" * 5000), 4096)


def test_a_full_pipe_never_waits_and_counts_what_it_loses() -> None:
    ends = os.pipe()
    writer = Writer(ends[1])
    for _ in range(2000):
        writer.send(HEARD)
    assert writer.dropped > 0
    reader = Reader(ends[0], VOCABULARY)
    received = list(reader.poll())
    assert received == [HEARD] * (2000 - writer.dropped)
    os.close(ends[1])
    assert list(reader.poll()) == []
    assert reader.closed
    os.close(ends[0])


def test_no_message_shows_what_was_said() -> None:
    shown = repr((HEARD, Say(id=1, text="turn on the lamp")))
    assert "lamp" not in shown.casefold()
