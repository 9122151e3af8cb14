"""Payloads: closed, bounded, private; the published schemas are current and true."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations import payloads as p
from integrations import wall_payloads as w
from integrations.device_payloads import DeviceSet
from integrations.inbox import LIMIT, Birth, DeviceOrder, Refusal, RefusedError, read
from integrations.topics import Topics

ROOT = Path(__file__).parents[2]
TOPICS = Topics("den")
SECRET = "the words of somebody"

EXAMPLES: list[p.State | p.Event] = [
    p.AssistState(state="listening"),
    p.MuteState(muted=True, by="voice"),
    p.MuteState(muted=False),
    p.WakeSensitivity(value=0.5),
    p.SatelliteState(connected={"kitchen": True, "bedroom": False}),
    p.Latency(ms=312.5),
    p.Health(state="degraded", engines={"asr": "failed"}, refused=3),
    w.Privacy(
        level="A",
        processes={
            "senses": w.ProcessWall(
                level="A",
                seccomp=2,
                no_new_privileges=True,
                capabilities=False,
                network="empty",
            ),
            "mouth": w.ProcessWall(level="starting"),
        },
    ),
    w.Door(refused=2, reasons={"looks_encoded": 2}),
    w.Ledger(bytes_today=1624, destinations=1, unexpected=0),
    p.Timers(running=1, next_timer="2026-11-23T14:05:10+01:00"),
    w.RecordingState(recording=True, until="2026-11-23T14:05+01:00", kept=1),
    p.Recognized(
        turn=1,
        intent="HassTurnOn",
        slots={"name": "Lamp", "brightness": 50},
        area="Kitchen",
        confidence=0.9,
        actions=(p.Action(intent="HassTurnOn", targets=("light.lamp",), result="done"),),
        words=SECRET,
        seconds=p.Seconds(asr=0.2, total=0.4),
    ),
    p.NotUnderstood(turn=2, reason="not_understood", confidence=0.2),
    p.WakeWord(turn=2, word="hey_jarvis", score=0.93),
    p.CodeWanted(id="a1", text="unlock the Front Door", expires="2026-11-23T14:05:00+01:00"),
    p.CodeAnswered(id="a1", result="wrong_code"),
]


def schema(place: str) -> dict[str, object]:
    data = (ROOT / f"docs/mqtt/{place.replace('/', '-')}.schema.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, object])


@pytest.mark.parametrize("payload", EXAMPLES, ids=lambda x: type(x).__name__)
def test_what_is_published_is_valid_by_its_schema(payload: p.State | p.Event) -> None:
    post = p.post(TOPICS, payload)
    jsonschema.validate(msgspec.json.decode(post.payload), schema(p.OUT[type(payload)]))
    assert post.topic == TOPICS.under(p.OUT[type(payload)])


def test_every_payload_has_an_example() -> None:
    assert {type(payload) for payload in EXAMPLES} == set(p.OUT)


def test_states_are_retained_and_events_are_not() -> None:
    retained = {p.OUT[type(x)]: p.post(TOPICS, x).retain for x in EXAMPLES}
    assert all(keep == place.startswith("state/") for place, keep in retained.items())


def test_the_schemas_are_current() -> None:
    command = [sys.executable, "script/schemas", "--check"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("payload", [p.WakeSensitivity(value=1.1), p.Latency(ms=-1)])
def test_a_value_out_of_bounds_is_not_published(payload: p.State) -> None:
    with pytest.raises(msgspec.ValidationError):
        p.post(TOPICS, payload)


@pytest.mark.parametrize(
    "payload",
    [
        *EXAMPLES,
        p.Say(text=SECRET),
        p.Announce(text=SECRET),
        p.Ask(text=SECRET),
        p.Confirm(id="a", code=SECRET),
    ],
    ids=repr,
)
def test_no_repr_shows_what_was_said(payload: msgspec.Struct) -> None:
    assert SECRET not in repr(payload)


def test_a_turn_not_understood_has_no_place_for_text() -> None:
    fields = schema("event/command")["$defs"]["NotUnderstood"]["properties"]  # type: ignore[index] # a JSON file
    free = [name for name, rule in fields.items() if rule.get("type") == "string"]
    assert free == []


ACCEPTED = [
    ("set/mute", b'{"v":1,"muted":true}', p.SetMute(muted=True)),
    ("set/mute", b'{"muted":false}', p.SetMute(muted=False)),
    ("set/wake_sensitivity", b'{"v":1,"value":0.1}', p.SetWakeSensitivity(value=0.1)),
    ("set/wake_sensitivity", b'{"v":1,"value":1}', p.SetWakeSensitivity(value=1)),
    ("cmd/say", '{"v":1,"text":"grüß dich"}'.encode(), p.Say(text="grüß dich")),
    ("cmd/announce", b'{"v":1,"text":"dinner"}', p.Announce(text="dinner")),
    ("cmd/ask", b'{"v":1,"text":"hi","area":"Den"}', p.Ask(text="hi", area="Den")),
    ("cmd/confirm", b'{"v":1,"id":"a1","code":"2468"}', p.Confirm(id="a1", code="2468")),
    (
        "home/light_lamp/set",
        b'{"v":1,"state":"on","rgb_color":[1,2,3]}',
        DeviceOrder("light_lamp", DeviceSet(state="on", rgb_color=(1, 2, 3))),
    ),
]


@pytest.mark.parametrize(("place", "payload", "expected"), ACCEPTED)
def test_a_good_command_is_read(place: str, payload: bytes, expected: object) -> None:
    assert read(TOPICS, TOPICS.under(place), payload, retain=False) == expected


@pytest.mark.parametrize(("place", "payload", "expected"), ACCEPTED)
def test_what_is_accepted_is_valid_by_its_schema(
    place: str, payload: bytes, expected: object
) -> None:
    name = "home-set" if place.startswith("home/") else place
    jsonschema.validate(msgspec.json.decode(payload), schema(name))


REFUSED = [
    ("set/mute", b"", Refusal.NOT_JSON),
    ("set/mute", b"{", Refusal.NOT_JSON),
    ("set/mute", b"\xff\xfe", Refusal.NOT_JSON),
    ("cmd/say", b'{"v":1,"text":"\xff"}', Refusal.NOT_JSON),
    ("set/mute", b"[" * LIMIT, Refusal.WRONG_CONTENT),
    ("set/mute", b"true", Refusal.WRONG_CONTENT),
    ("set/mute", b"{}", Refusal.WRONG_CONTENT),
    ("set/mute", b'{"v":2,"muted":true}', Refusal.WRONG_CONTENT),
    ("set/mute", b'{"v":1,"muted":"true"}', Refusal.WRONG_CONTENT),
    ("set/mute", b'{"v":1,"muted":true,"by":"machine"}', Refusal.WRONG_CONTENT),
    ("set/wake_sensitivity", b'{"v":1,"value":0.05}', Refusal.WRONG_CONTENT),
    ("set/wake_sensitivity", b'{"v":1,"value":NaN}', Refusal.NOT_JSON),
    ("set/wake_sensitivity", b'{"v":1,"value":1e999}', Refusal.WRONG_CONTENT),
    ("cmd/say", b'{"v":1,"text":""}', Refusal.WRONG_CONTENT),
    ("cmd/say", b'{"v":1,"text":"%s"}' % (b"x" * 1_001), Refusal.WRONG_CONTENT),
    ("cmd/say", b'{"v":1,"text":"%s"}' % (b"x" * 10_000_000), Refusal.TOO_LARGE),
    ("cmd/reboot", b"{}", Refusal.UNKNOWN_TOPIC),
    ("cmd", b"{}", Refusal.UNKNOWN_TOPIC),
    ("cmd/say/again", b"{}", Refusal.UNKNOWN_TOPIC),
    ("home/light_lamp/state", b"{}", Refusal.UNKNOWN_TOPIC),
    ("home/light_lamp/set", b'{"v":1,"brightness":256}', Refusal.WRONG_CONTENT),
    ("home/light_lamp/set", b'{"v":1,"volume":1}', Refusal.WRONG_CONTENT),
]


@pytest.mark.parametrize(("place", "payload", "why"), REFUSED, ids=lambda x: str(x)[:40])
def test_a_bad_command_is_refused_by_name(place: str, payload: bytes, why: Refusal) -> None:
    with pytest.raises(RefusedError) as caught:
        read(TOPICS, TOPICS.under(place), payload, retain=False)
    assert caught.value.refusal == why


def test_a_retained_command_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        read(TOPICS, TOPICS.under("set/mute"), b'{"v":1,"muted":false}', retain=True)
    assert caught.value.refusal == Refusal.RETAINED


def test_home_assistants_birth_and_farewell() -> None:
    assert read(TOPICS, "homeassistant/status", b"online", retain=True) == Birth()
    assert read(TOPICS, "homeassistant/status", b"offline", retain=False) is None


def test_a_refusal_does_not_quote_the_message() -> None:
    with pytest.raises(RefusedError) as caught:
        read(TOPICS, TOPICS.under("set/mute"), f'{{"{SECRET}":1}}'.encode(), retain=False)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


@given(st.sampled_from([*p.IN, "home/x/set", "cmd/other"]), st.binary(max_size=200))
def test_no_bytes_can_do_more_than_be_refused(place: str, payload: bytes) -> None:
    with suppress(RefusedError):
        command = read(TOPICS, TOPICS.under(place), payload, retain=False)
        assert type(command) in {*p.IN.values(), DeviceOrder}
