"""The conversation agent of a real Home Assistant."""

import asyncio

import pytest

from integrations.homeassistant.client import HomeAssistant
from integrations.homeassistant.errors import NotConnected
from tests.integrations.homeassistant.watching import connected
from tests.testbed.homeassistant import RunningHomeAssistant


async def test_it_acts_answers_or_does_not_understand(home_assistant: RunningHomeAssistant) -> None:
    async with connected(home_assistant.url, home_assistant.token) as watch:
        done = await watch.home.converse("turn on the kitchen light", "en")
        assert done is not None
        assert done.acted
        assert done.text
        assert await asyncio.to_thread(home_assistant.state, "light.kitchen_light") == "on"
        await watch.home.call("light", "turn_off", ["light.kitchen_light"])
        told = await watch.home.converse("is the kitchen light on", "en")
        assert told is not None
        assert (told.acted, told.text) == (False, "No, off")
        assert await watch.home.converse("glitterball o'clock my friends", "en") is None
        assert await watch.home.converse("turn on the glitterball", "en") is None
        assert "turned" not in repr(done)


async def test_without_a_connection_it_says_so_at_once() -> None:
    home = HomeAssistant("http://127.0.0.1:9", lambda: "token", lambda _change: None)
    with pytest.raises(NotConnected):
        await home.converse("hello", "en")
