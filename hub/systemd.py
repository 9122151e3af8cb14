"""A hub that systemd watches (sd_notify(3)): it is told that the hub is up, and that it lives.

The house says so from its own loop: one that hangs is silent, and systemd starts the hub anew.
"""

import asyncio
import os
import socket
from collections.abc import Mapping
from contextlib import suppress


async def tell_systemd(environment: Mapping[str, str] = os.environ) -> None:
    """Until cancelled; returns at once where nobody listens."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    wanted = environment.get("WATCHDOG_USEC", "")
    every = int(wanted) / 2_000_000 if wanted.isascii() and wanted.isdigit() else 0
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.setblocking(False)  # noqa: FBT003 - its only argument
        place = "\0" + address[1:] if address.startswith("@") else address
        _tell(manager, place, b"READY=1")
        while every:
            _tell(manager, place, b"WATCHDOG=1")
            await asyncio.sleep(every)


def _tell(manager: socket.socket, place: str, what: bytes) -> None:
    with suppress(OSError):  # it is busy, or gone: then it is told the next time, or needs nothing
        manager.sendto(what, place)
