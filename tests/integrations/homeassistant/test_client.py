"""The connection to a real Home Assistant: calls, tokens, and Home Assistant going away."""

import asyncio
import logging
from time import monotonic

import pytest

from integrations.homeassistant.client import HomeAssistant, Standing
from integrations.homeassistant.errors import CallRefused, CallTimedOut, NotConnected
from integrations.homeassistant.mirror import Change
from integrations.homeassistant.patience import Patience
from integrations.homeassistant.snapshot import Snapshot
from tests.integrations.homeassistant.watching import connected, watching
from tests.testbed.homeassistant import RunningHomeAssistant
from tests.testbed.processes import free_port

LIGHT = "light.kitchen_light"
QUICK = Patience(answer=1.0, refused=30.0, look=0.1)


async def test_a_call_turns_the_light_on(home_assistant: RunningHomeAssistant) -> None:
    async with connected(home_assistant.url, home_assistant.token) as watch:
        watch.changes.clear()
        await watch.home.call("light", "turn_on", [LIGHT])
        assert await asyncio.to_thread(home_assistant.state, LIGHT) == "on"
        await watch.until(lambda: watch.entity(LIGHT).state == "on", 1.0)
        assert set(watch.changes) == {Change.STATES}
        await watch.home.call("light", "turn_off", [LIGHT, "light.porch_light"])
        await watch.until(lambda: watch.entity(LIGHT).state == "off", 1.0)


async def test_calls_that_are_refused_say_why(home_assistant: RunningHomeAssistant) -> None:
    async with connected(home_assistant.url, home_assistant.token) as watch:
        with pytest.raises(CallRefused, match=r"light\.explode"):
            await watch.home.call("light", "explode", [LIGHT])
        with pytest.raises(CallRefused, match="brightness"):
            await watch.home.call("light", "turn_on", [LIGHT], {"brightness": "very"})


async def test_a_call_that_takes_too_long(home_assistant: RunningHomeAssistant) -> None:
    async with connected(home_assistant.url, home_assistant.token, QUICK) as watch:
        with pytest.raises(CallTimedOut, match=r"script\.slow"):
            await watch.home.call("script", "slow")
        await watch.home.call("light", "turn_off", [LIGHT])


async def test_a_wrong_token_is_said_once_and_a_right_one_is_found(
    home_assistant: RunningHomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = ["wrong-and-secret"]
    async with watching(home_assistant.url, lambda: tokens[-1], QUICK) as watch:
        await watch.until(lambda: watch.home.status.standing is Standing.REFUSED)
        assert "token" in watch.home.status.reason
        with pytest.raises(NotConnected):
            await watch.home.call("light", "turn_on", [LIGHT])
        assert watch.home.snapshot() == Snapshot()
        tokens.append(home_assistant.token)
        await watch.until(lambda: watch.home.connected)
        assert watch.home.status.reason == ""
        shown = caplog.text + repr(watch.home) + repr(watch.home.status)
    assert caplog.text.count("does not accept the token") == 1
    assert not any(token in shown for token in tokens)


async def test_a_guest_is_told_to_bring_an_administrator(
    home_assistant: RunningHomeAssistant,
) -> None:
    async with watching(home_assistant.url, lambda: home_assistant.guest_token) as watch:
        await watch.until(lambda: watch.home.status.standing is Standing.REFUSED)
        assert "administrator" in watch.home.status.reason


async def test_home_assistant_restarts(
    home_assistant: RunningHomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(home_assistant.url, home_assistant.token) as watch:
        caplog.set_level(logging.INFO, "integrations")
        before = watch.home.snapshot()
        assert watch.home.snapshot() is before  # made once
        await asyncio.to_thread(home_assistant.stop)
        await watch.until(lambda: watch.home.status.standing is Standing.LOST, 2.0)
        assert watch.home.snapshot() == before
        begin = monotonic()
        with pytest.raises(NotConnected):
            await watch.home.call("light", "turn_on", [LIGHT])
        assert monotonic() - begin < 0.1
        await asyncio.to_thread(home_assistant.start)
        await watch.until(lambda: watch.home.connected, 32.0)
        await watch.home.call("light", "turn_on", [LIGHT])
        await watch.until(lambda: watch.entity(LIGHT).state == "on")
        await watch.home.call("light", "turn_off", [LIGHT])
        await watch.until(lambda: watch.home.snapshot() == before)
    said = [record.levelname for record in caplog.records if record.name.startswith("integrations")]
    assert said == ["WARNING", "INFO"]


async def test_nothing_there_is_lost_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    async with watching(f"http://127.0.0.1:{free_port()}", lambda: "token") as watch:
        await watch.until(lambda: watch.home.status.standing is Standing.LOST)
        await asyncio.sleep(2.5)
        assert watch.home.status.reason == "Home Assistant cannot be reached."
    assert len(caplog.records) == 1


@pytest.mark.slow
async def test_home_assistant_hangs(home_assistant: RunningHomeAssistant) -> None:
    async with connected(home_assistant.url, home_assistant.token) as watch:
        home_assistant.freeze()
        try:
            await watch.until(lambda: watch.home.status.standing is Standing.LOST, 45.0)
            assert not watch.home.connected
        finally:
            home_assistant.thaw()
        await watch.until(lambda: watch.home.connected, 32.0)
        await watch.home.call("light", "turn_off", [LIGHT])


def test_the_repr_holds_no_token() -> None:
    home = HomeAssistant("http://home.local", lambda: "secret", lambda change: None)
    assert "secret" not in repr(home)
