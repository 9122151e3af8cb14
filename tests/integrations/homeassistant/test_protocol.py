"""Messages, addresses and waiting: pure, so whatever may come is tried."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.homeassistant.address import websocket_address
from integrations.homeassistant.backoff import wait
from integrations.homeassistant.errors import BadAddress, Lost
from integrations.homeassistant.protocol import (
    AuthInvalid,
    AuthOk,
    AuthRequired,
    Event,
    Fault,
    Message,
    Result,
    auth,
    parse,
    request,
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"type":"auth_required","ha_version":"2026.11.0"}', AuthRequired()),
        ('{"type":"auth_ok","ha_version":"2026.11.0"}', AuthOk("2026.11.0")),
        ('{"type":"auth_invalid","message":"no"}', AuthInvalid()),
    ],
)
def test_what_is_said_before_entering(text: str, message: Message) -> None:
    assert parse(text) == message


def test_answers_and_events_keep_their_content_as_it_came() -> None:
    good = parse('{"id":4,"type":"result","success":true,"result":[1, {"a":null}]}')
    assert isinstance(good, Result)
    assert bytes(good.result) == b'[1, {"a":null}]'
    bad = parse('{"id":4,"type":"result","success":false,"error":{"code":"x","message":"y"}}')
    assert isinstance(bad, Result)
    assert bad.error == Fault("x", "y")
    event = parse('{"id":5,"type":"event","event":{"a":{}}}')
    assert isinstance(event, Event)
    assert bytes(event.event) == b'{"a":{}}'


@given(st.one_of(st.text(), st.binary()))
def test_anything_else_is_lost_and_nothing_worse(text: str | bytes) -> None:
    with suppress(Lost):
        assert isinstance(parse(text), Message)


def test_requests_are_what_home_assistant_reads() -> None:
    assert json.loads(request(3, "get_config", {})) == {"id": 3, "type": "get_config"}
    assert json.loads(request(9, "call_service", {"domain": "light", "id": 1})) == {
        "id": 9,
        "type": "call_service",
        "domain": "light",
    }
    assert json.loads(auth("t")) == {"type": "auth", "access_token": "t"}


@pytest.mark.parametrize(
    ("given_", "made"),
    [
        ("http://home.local:8123", "ws://home.local:8123/api/websocket"),
        ("https://home.example/", "wss://home.example/api/websocket"),
        ("http://[::1]:8123/ha", "ws://[::1]:8123/ha/api/websocket"),
        ("http://supervisor/core/websocket", "ws://supervisor/core/websocket"),
        ("ws://supervisor/core/websocket", "ws://supervisor/core/websocket"),
        ("ws://home.local:8123/api/websocket", "ws://home.local:8123/api/websocket"),
    ],
)
def test_addresses(given_: str, made: str) -> None:
    assert websocket_address(given_) == made


@pytest.mark.parametrize(
    "wrong",
    ["", "home.local:8123", "ftp://home.local", "http://", "http://me:pass@home", "http://h:99999"],
)
def test_wrong_addresses_are_named_without_being_repeated(wrong: str) -> None:
    with pytest.raises(BadAddress) as caught:
        websocket_address(wrong)
    assert "pass@" not in str(caught.value)


@given(st.integers(min_value=0, max_value=100_000), st.floats(min_value=0, max_value=1))
def test_waiting_is_between_one_and_thirty_seconds(attempt: int, luck: float) -> None:
    assert 1.0 <= wait(attempt, luck) <= 30.0
    assert wait(attempt, luck) <= wait(attempt + 1, luck)


def test_waiting_ends_up_long() -> None:
    assert wait(0, 1.0) == 1.0
    assert wait(50, 1.0) == 30.0
    assert wait(50, 0.0) == 15.0
