"""A ledger on a file of its own, and what it says of one destination."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.ledger.book import FILE
from hub.ledger.entries import Destination, Entry, Traffic
from hub.ledger.ledger import Ledger
from hub.ledger.purposes import Endpoint

NOW = 1_800_000_000.0
"""15 January 2027, 08:00 UTC."""
HOUR = int(NOW // 3_600)


class Kept:
    """`now`: the ledger's clock; `said`: what it reported."""

    def __init__(self, folder: Path, *endpoints: Endpoint) -> None:
        self.path = folder / FILE
        self.said: list[str] = []
        self.now = NOW
        self.ledger = Ledger(self.path, endpoints, self.said.append)

    def look(self) -> None:
        self.ledger.look(self.now)

    def look_until_closed(self, looks: int = 12) -> None:
        for _ in range(looks):
            self.look()
            time.sleep(0.1)

    def entries(self) -> dict[Destination, Entry]:
        return {entry.destination: entry for entry in merged(self.ledger.entries(0))}

    def of(self, address: str, port: int, *more: str) -> Traffic:
        """`more`: protocol and way, where they are not tcp and to."""
        return self.entries()[Destination(address, port, *more)].traffic  # type: ignore[arg-type]


def merged(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Written and pending ones of a destination as one."""
    sums: dict[Destination, Entry] = {}
    for each in entries:
        before = sums.get(each.destination)
        traffic = before.traffic + each.traffic if before else each.traffic
        sums[each.destination] = Entry(each.hour, each.destination, each.purpose, traffic)
    yield from sums.values()


@contextmanager
def kept(folder: Path, *endpoints: Endpoint) -> Iterator[Kept]:
    """Of this process, without sockets that earlier tests have let go: each paho client holds two
    that are closed when it is collected.
    """
    gc.collect()
    made = Kept(folder, *endpoints)
    try:
        yield made
    finally:
        made.ledger.close(made.now)
