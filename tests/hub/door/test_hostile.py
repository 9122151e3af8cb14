"""A senses taken over says whatever it likes; the house hears next to nothing of it."""

import base64
import json
import os
import random

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hub.cage.seal import Level
from hub.door.refusals import Reason
from hub.fields import UP_LIMIT
from hub.messages import Closed, FromSenses, Health, Heard, NotHeard, Seconds, State, Wake, WishLine
from hub.pipes import encode
from tests.hub.door.sessions import HOME, WORD, decoder, door, heard, wake, wish

NAME = HOME.entities[0].name
SOUND = os.urandom(3_000)
LINES = {
    "raw sound": SOUND,
    "sound as an array": json.dumps(list(SOUND[:800])).encode(),
    "sound in a field": json.dumps(
        {"t": "wake", "source": "microphone", "turn": 1, "word": list(SOUND[:99]), "score": 1}
    ).encode(),
    "a line of 200 KB": b"x" * 200_000,
    "deep nesting": b'{"t":"state","state":' * 150,
    "NaN": b'{"t":"wake","source":"microphone","turn":1,"word":"hey_jarvis","score":NaN}',
    "Infinity": b'{"t":"wake","source":"microphone","turn":1,"word":"hey_jarvis","score":1e999}',
    "no type": b'{"source":"senses","state":"idle"}',
    "an unknown key": b'{"t":"state","source":"senses","state":"idle","pcm":"AAAA"}',
    "a score of 2": b'{"t":"wake","source":"microphone","turn":1,"word":"hey_jarvis","score":2}',
}
CODED = {
    "base64": base64.b64encode(SOUND[:45]).decode(),
    "base32": base64.b32encode(SOUND[:40]).decode(),
    "hexadecimal": SOUND[:30].hex(),
    "digits": " ".join(str(byte) for byte in SOUND[:20]),
}
TRICKS = {
    "zero width": "oat\u200bmilk",
    "right to left": "oat\u202emilk",
    "a control": "oat\x07milk",
    "private use": "oat\ue000milk",
}


@pytest.mark.parametrize("name", LINES)
def test_no_message_at_all(name: str) -> None:
    knocked, lines = door(), decoder()
    admitted = [a for m in lines.feed(LINES[name] + b"\n") for a in knocked.admit(m, 0.0)]
    knocked.malformed(lines.refused, 0.0)
    assert admitted == []
    assert knocked.refusals.exact.keys() <= {"malformed"}
    assert knocked.refusals.exact["malformed"] >= 1


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (wish("PlaySound", name=NAME), "unknown_intent"),
        (wish("HassTurnOn", pcm="1"), "unknown_slot"),
        (wish("HassSetVolume"), "unknown_slot"),
        (wish("HassListAddItem", "item_added", item="milk"), "unknown_slot"),
        (wish("HassTurnOn", name="Somebody's secret"), "unknown_value"),
        (wish("HassTurnOn", name=NAME.replace("e", "\u0435")), "unknown_value"),
        (wish("HassTurnOn", "because", name=NAME), "unknown_value"),
        (wish("HassLightSet", "brightness", name=NAME, brightness=101), "unknown_value"),
        (wish("HassLightSet", "brightness", name=NAME, brightness=12.25), "unknown_value"),
        (wish("HassLightSet", "brightness", name=NAME, brightness=3.14159), "long_number"),
        (wish("HassLightSet", "brightness", name=NAME, brightness=1e308), "long_number"),
        (wish("HassLightSet", "brightness", name=NAME, brightness=10**15), "long_number"),
        (wish("HassShoppingListAddItem", "item_added", item="milk " * 15), "too_often"),
        (
            wish("HassStartTimer", "command", minutes=5, conversation_command="hi you"),
            "unknown_value",
        ),
    ],
)
def test_what_nobody_can_wish(told: WishLine, reason: Reason) -> None:
    knocked = door()
    knocked.admit(wake(), 0.0)
    if reason == "too_often":
        while knocked.admit(heard(told), 0.0):
            knocked.admit(wake(), 0.0)
    else:
        assert knocked.admit(heard(told), 0.0) == ()
    assert knocked.refusals.exact == {reason: 1}


@pytest.mark.parametrize("text", [*CODED.values(), *TRICKS.values()], ids=[*CODED, *TRICKS])
def test_code_in_every_text(text: str) -> None:
    knocked = door()
    told: list[FromSenses] = [
        wake(),
        heard(wish("HassTurnOn", name=text)),
        heard(wish("HassShoppingListAddItem", "item_added", item=text)),
        heard(wish(text)),
        heard(wish("HassTurnOn", name=NAME), words=text),
        wake(2),
        NotHeard(source="microphone", turn=2, reason="not_understood", nearest=(text,)),
        State(source="senses", state="deaf", reason=text),
        State(source=text, state="idle"),
        Wake(source="microphone", turn=3, word=text, score=1.0),
    ]
    said = [each for message in told for each in knocked.admit(message, 0.0)]
    texts = knocked.texts(0.0)
    assert text not in repr([msgspec.to_builtins(each) for each in said])
    assert (texts.words, texts.nearest) == (None, ())
    assert sum(knocked.refusals.exact.values()) == 6


def test_words_only_of_the_same_wish() -> None:
    knocked = door()
    for words in ("meet me at the old mill", f"turn off the {NAME}"):
        knocked.admit(wake(), 0.0)
        assert knocked.admit(heard(wish("HassTurnOn", name=NAME), words=words), 0.0)
        assert knocked.texts(0.0).words is None
    assert knocked.refusals.exact == {"words_differ": 2}


@pytest.mark.parametrize("text", ["meet me at the mill", "add secret to my shopping list"])
def test_suggestions_hold_nobodys_words(text: str) -> None:
    knocked = door()
    knocked.admit(wake(), 0.0)
    told = NotHeard(source="microphone", turn=1, reason="not_understood", nearest=(text,))
    assert knocked.admit(told, 0.0)
    assert knocked.texts(0.0).nearest == ()
    assert knocked.refusals.exact == {"words_differ": 1}


def test_text_can_be_turned_off() -> None:
    knocked = door(words=False, open_text=False)
    knocked.admit(wake(), 0.0)
    item = wish("HassShoppingListAddItem", "item_added", item="milk")
    assert knocked.admit(heard(item), 0.0) == ()
    assert knocked.admit(heard(wish("HassTurnOn", name=NAME), words=f"turn on {NAME}"), 0.0)
    assert knocked.texts(0.0).words is None
    assert knocked.refusals.exact == {"text_is_off": 2}


@pytest.mark.parametrize(
    "told",
    [
        heard(wish("HassTurnOn", name=NAME)),
        NotHeard(source="microphone", turn=1, reason="no_speech"),
        State(source="senses", state="processing"),
        State(source="senses", state="listening"),
        State(source="senses", state="speaking"),
    ],
)
def test_out_of_order(told: FromSenses) -> None:
    knocked = door()
    assert knocked.admit(told, 0.0) == ()
    assert knocked.refusals.exact == {"out_of_order": 1}


def test_one_answer_to_a_wake_word() -> None:
    knocked, told = door(), heard(wish("HassTurnOn", name=NAME))
    knocked.admit(wake(), 0.0)
    assert [len(knocked.admit(told, 0.0)) for _ in range(3)] == [2, 0, 0]
    assert knocked.refusals.exact == {"out_of_order": 2}


def test_a_seal_does_not_change() -> None:
    knocked = door()
    levels: tuple[Level, ...] = ("B", "A", "B", "C")
    said = [knocked.admit(Closed(source="senses", level=each), 0.0) for each in levels]
    assert [len(each) for each in said] == [1, 0, 0, 0]
    assert knocked.refusals.exact == {"out_of_order": 2}


def test_three_thousand_numbers() -> None:
    """As counts, as turns, as scores: little is left of them, and they never fall."""
    knocked, source = door(), random.Random(1)
    counts: list[tuple[int, int, int]] = []
    for n in range(3_000):
        told = Health(source="senses", dropped=source.randrange(2**40), unsent=n, refused=-n)
        for each in knocked.admit(told, n / 100):
            assert isinstance(each, Health)
            counts.append((each.dropped, each.unsent, each.refused))
    assert counts == sorted(counts)
    assert len(counts) < 40
    assert {refused for _, _, refused in counts} == {0}


def test_refusing_tells_nothing_either() -> None:
    """A million refusals of a chosen number are shown as a coarse count, a step at a time."""
    knocked = door()
    for second in range(3_600):
        knocked.malformed(second * 1_000, float(second))
    shown = knocked.refusals.shown["malformed"]
    assert knocked.refusals.exact["malformed"] == 3_599_000
    assert shown == 2_000_000
    for n in range(50):
        for _ in range(n):
            knocked.admit(State(source=f"secret {n}", state="idle"), 3_600.0)
    assert knocked.refusals.shown["bad_source"] <= 1_000


def test_a_reason_is_plain() -> None:
    knocked = door()
    told = State(
        source="senses",
        state="deaf",
        reason="Mikrofon \u201eK\u00fcche\u201c\u200b \n alsa_input.usb-046d_C920_1A2b3C4d5E",
    )
    (said,) = knocked.admit(told, 0.0)
    assert isinstance(said, State)
    assert said.reason == "Mikrofon ?K\u00fcche?? ?"


names = st.sampled_from([NAME, "Upper Kitchen", "nothing", "\u200b"]) | st.text(max_size=80)
values = names | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
shares = st.floats(0, 1)
sources = st.sampled_from(["senses", "microphone", "microphone", "house"])
turns = st.integers(1, 3)
times = st.builds(
    Seconds, **dict.fromkeys(("wake", "vad", "asr", "intent", "total"), st.floats(allow_nan=False))
)
wishes = st.builds(
    WishLine,
    intent=st.sampled_from(["HassTurnOn", "HassLightSet", "HassShoppingListAddItem", "None"]),
    slots=st.dictionaries(
        st.sampled_from(["name", "area", "brightness", "item"]), values, max_size=2
    ),
    score=shares | st.just(1.0),
    response=st.sampled_from(["default", "brightness", "item_added"]),
)
messages = st.one_of(
    st.builds(Wake, source=sources, turn=turns, word=st.sampled_from([WORD, "no"]), score=shares),
    st.builds(
        Heard,
        source=sources,
        turn=turns,
        area=st.sampled_from([None, None, "Hall"]),
        wishes=st.lists(wishes, min_size=1, max_size=5).map(tuple),
        confidence=shares,
        seconds=times,
    ),
    st.builds(NotHeard, source=sources, turn=turns, reason=st.just("no_speech"), seconds=times),
    st.builds(
        State,
        source=sources,
        state=st.sampled_from(["starting", "ready", "idle", "listening", "processing", "deaf"]),
        reason=st.text(max_size=300),
    ),
    st.builds(Health, source=sources, dropped=st.integers(), unsent=st.integers(0, 99)),
    st.builds(Closed, source=sources, level=st.sampled_from(["A", "B"])),
)


@settings(max_examples=150, deadline=None)
@example(
    [
        (Closed(source="senses", level="A"), 0.0),
        (Wake(source="senses", turn=1, word=WORD, score=0.0), 0.0),
        (State(source="senses", state="listening", reason="\x85"), 0.0),
    ]
)
@given(st.lists(st.tuples(messages, st.floats(0, 5)), max_size=25))
def test_what_is_admitted_is_canonical(told: list[tuple[FromSenses, float]]) -> None:
    """Said again to another door it is let in again, equal; each fits its line; all is counted."""
    first, second, now = door(), door(), 0.0
    for message, later in told:
        now += later
        before = first.refusals.exact.total()
        admitted = first.admit(message, now)
        counted = first.refusals.exact.total() - before
        if isinstance(message, Wake | Heard | NotHeard):
            assert counted == (not admitted)
        again = [each for one in admitted for each in second.admit(one, now)]
        assert tuple(again) == admitted
        for each in admitted:
            line = encode(each)
            assert len(line) <= UP_LIMIT
            assert list(decoder().feed(line)) == [each]
    assert not second.refusals.exact
