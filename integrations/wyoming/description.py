"""What answers somewhere says of itself."""

import asyncio

from wyoming.client import AsyncTcpClient
from wyoming.info import Describe, Info

_PATIENCE = 5.0


async def described(host: str, port: int) -> Info | None:
    """None where that is nothing of Wyoming's. Raises OSError, TimeoutError: nobody answers."""
    async with asyncio.timeout(_PATIENCE), AsyncTcpClient(host, port) as line:
        await line.write_event(Describe().event())
        try:
            told = await line.read_event()
        except (ValueError, KeyError):  # as the library fails over what is no event
            return None
    return Info.from_event(told) if told is not None and Info.is_type(told.type) else None
