"""`run --once`: the hub ends by itself after its first turn."""

import asyncio

from hub.household import Household
from hub.messages import Stop
from hub.pipes import Writer

_LIMIT = 60.0
"""Seconds in which it must have had its turn."""
_TICK = 0.2


async def stop_after_one_turn(household: Household, launcher: Writer) -> None:
    """Ends the family with 0 once a command was understood and its answer spoken, else with 1."""
    try:
        async with asyncio.timeout(_LIMIT):
            while not _is_over(household):  # noqa: ASYNC110 - one wait, once
                await asyncio.sleep(_TICK)
    except TimeoutError:
        pass
    launcher.send(Stop(status=0 if household.understood else 1))


def _is_over(household: Household) -> bool:
    """The turn was had and its answer spoken, or nothing can be heard."""
    failed = household.status.senses == "failed"
    return failed or bool(household.turns and household.voice.is_silent)
