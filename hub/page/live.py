"""News for whoever looks, each part when it has changed. No work when nobody does."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

import msgspec

from integrations.web.site import News

_TICK = 0.25


@dataclass(frozen=True, slots=True)
class Part:
    """`every`: seconds between two looks. `mark`: something cheap; `show` need not be asked again
    while it stays the same.
    """

    about: str
    show: Callable[[], msgspec.Struct]
    every: float
    mark: Callable[[], object] = time.monotonic


async def follow(parts: Sequence[Part]) -> AsyncIterator[News | None]:
    """All parts at first; then those that change, and None each time that none has."""
    due = dict.fromkeys((part.about for part in parts), 0.0)
    marks: dict[str, object] = {}
    told: dict[str, bytes] = {}
    while True:
        is_quiet = True
        for part in parts:
            if time.monotonic() < due[part.about]:
                continue
            due[part.about] = time.monotonic() + part.every
            mark = part.mark()
            if mark == marks.get(part.about):
                continue
            marks[part.about] = mark
            line = msgspec.json.encode(part.show())
            if line != told.get(part.about):
                told[part.about], is_quiet = line, False
                yield News(part.about, line)
        if is_quiet:
            yield None
        await asyncio.sleep(_TICK)
