"""Rhasspy's topics: what is understood is told there too, and text may be asked from there."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.hermes import told
from integrations.inbox import Refusal, RefusedError, read
from integrations.payloads import Ask, CodeAnswered, NotUnderstood, Recognized, Say, WakeWord
from integrations.topics import HERMES_ASKS, HERMES_SAYS, Topics
from tests.hub.running import RunningHub
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

TOPICS = Topics("den", hermes=True)
PLAIN = Topics("den")
ON = Recognized(
    turn=7,
    intent="HassTurnOn",
    slots={"name": "Lamp", "brightness": 40},
    confidence=0.9,
    words="turn on the lamp",
)


def test_a_command_is_told_with_its_slots() -> None:
    post = told(TOPICS, ON)
    assert post is not None
    assert (post.topic, post.retain) == ("hermes/intent/HassTurnOn", False)
    body = json.loads(post.payload)
    assert body["intent"] == {"intentName": "HassTurnOn", "confidenceScore": 0.9}
    assert (body["siteId"], body["input"]) == ("den", "turn on the lamp")
    assert body["slots"][1] == {
        "entity": "brightness",
        "slotName": "brightness",
        "rawValue": "40",
        "value": {"value": 40, "kind": "Custom"},
    }


def test_words_that_may_not_cross_do_not_cross_here() -> None:
    post = told(TOPICS, Recognized(turn=1, intent="HassTurnOn", slots={}, confidence=1.0))
    assert post is not None
    assert json.loads(post.payload)["input"] == ""


def test_what_was_not_understood_has_no_text_and_a_code_is_told_nowhere_else() -> None:
    post = told(TOPICS, NotUnderstood(turn=2, reason="not_understood"))
    assert post is not None
    assert post.topic == "hermes/nlu/intentNotRecognized"
    assert json.loads(post.payload) == {"siteId": "den", "sessionId": "den-2", "input": ""}
    assert told(TOPICS, CodeAnswered(id="a", result="done")) is None


def test_the_wake_word_is_told() -> None:
    post = told(TOPICS, WakeWord(turn=1, word="hey_jarvis", score=0.9))
    assert post is not None
    assert post.topic == "hermes/hotword/hey_jarvis/detected"
    assert json.loads(post.payload) == {"siteId": "den", "modelId": "hey_jarvis"}


def test_text_is_asked_from_there() -> None:
    for key in ("text", "input"):
        payload = json.dumps({key: "turn on the lamp", "siteId": "den", "sessionId": "x"})
        assert read(TOPICS, HERMES_ASKS, payload.encode(), retain=False) == Ask(
            text="turn on the lamp"
        )


def test_it_speaks_what_it_is_told_and_other_sites_do_not_concern_it() -> None:
    payload = b'{"text": "dinner", "siteId": "den", "lang": null}'
    assert read(TOPICS, HERMES_SAYS, payload, retain=False) == Say(text="dinner")
    other = b'{"text": "dinner", "siteId": "attic"}'
    assert read(TOPICS, HERMES_SAYS, other, retain=False) is None
    assert read(TOPICS, HERMES_SAYS, b'{"text": "dinner"}', retain=False) is None


def test_what_is_nested_too_deep_is_refused() -> None:
    deep = b'{"siteId": "attic", "x": ' + b"[" * 1500 + b"]" * 1500 + b"}"
    with pytest.raises(RefusedError):
        read(TOPICS, HERMES_ASKS, deep, retain=False)


@pytest.mark.parametrize("name", ["A+B", "A#", "A/B", "A\nB", "A\0B", ""])
def test_a_name_that_is_no_level_of_a_topic_is_not_told_there(name: str) -> None:
    assert told(TOPICS, Recognized(turn=1, intent=name, slots={}, confidence=1.0)) is None
    assert told(TOPICS, WakeWord(turn=1, word=name, score=1.0)) is None


def test_without_it_nothing_is_read_there() -> None:
    assert not any(topic.startswith("hermes/") for topic in PLAIN.subscriptions)
    assert HERMES_SAYS in TOPICS.subscriptions
    with pytest.raises(RefusedError):
        read(PLAIN, HERMES_SAYS, b'{"text": "dinner", "siteId": "den"}', retain=False)


@given(
    payload=st.binary(max_size=100)
    | st.recursive(
        st.none() | st.text() | st.integers(),
        lambda each: st.dictionaries(st.text(), each) | st.lists(each),
    ).map(lambda found: json.dumps(found).encode())
)
def test_whatever_comes_is_a_command_or_a_refusal_without_its_content(payload: bytes) -> None:
    try:
        found: object = read(TOPICS, HERMES_SAYS, payload, retain=False)
    except RefusedError as error:
        found = error.refusal
    assert found in (None, Refusal.WRONG_CONTENT, Refusal.TOO_LARGE) or isinstance(found, Say)


@pytest.mark.slow
@pytest.mark.usefixtures("models")
def test_a_hub_that_speaks_it(tmp_path: Path, mosquitto: Mosquitto) -> None:
    hub = RunningHub(
        tmp_path / "hub",
        {
            "node": "den",
            "microphone": {"source": "none"},
            "speaker": {"file": str(tmp_path / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": mosquitto.port, "hermes": True},
        },
    )
    try:
        with (
            Subscriber(mosquitto.port, "den") as own,
            Subscriber(mosquitto.port, root="hermes/") as there,
        ):
            own.wait_for_plain("availability", b"online", 60)
            there.publish("nlu/query", {"input": "turn on the kitchen light", "siteId": "den"})
            there.wait_for("intent/HassTurnOn", siteId="den")
            own.wait_for("event/command", intent="HassTurnOn")
            there.publish("nlu/query", {"input": "turn it off", "siteId": "attic"})
            there.publish("nlu/query", {"input": "the weather was kind", "siteId": "den"})
            deep = '{"siteId": "attic", "x": ' + "[" * 1500 + "]" * 1500 + "}"
            there.publish("nlu/query", deep)
            there.wait_for("nlu/intentNotRecognized", input="")
            assert not there.all("intent/HassTurnOff")
    finally:
        hub.stop()
