"""One object, made when the house begins: looks once a second, writes every ten."""

import socket
from collections.abc import Iterable
from pathlib import Path

from hub.ledger.announced import Announcements
from hub.ledger.book import KEPT_HOURS, Book, LedgerUnreadable, NotWritten, Report, entries
from hub.ledger.counters import read
from hub.ledger.entries import Destination, Entry, Traffic
from hub.ledger.purposes import Endpoint, Purposes, resolvers
from hub.ledger.watch import Watch

_WRITE_EVERY = 10.0
"""Seconds; what a killed house loses at most."""
_MOST = 1_000
"""Destinations an hour that are kept apart."""
_OTHERS = "others"
_HOUR = 3_600


class Ledger:
    """`now`: seconds since 1970; it may go back."""

    def __init__(self, path: Path, endpoints: Iterable[Endpoint], report: Report) -> None:
        """`report` is told in plain words what goes wrong with the file.

        Raises CountersMissing where the kernel does not count.
        """
        with socket.socket() as probe:
            read(probe)
        self._path = path
        self._report = report
        self._announcements = Announcements()
        self._watch = Watch(self._announcements)
        self._purposes = Purposes((*endpoints, *resolvers()))
        self._book = Book(path, report)
        self._pending: dict[tuple[int, Destination], Traffic] = {}
        self._hour = 0
        self._known: dict[Destination, str] = {}
        self._written = 0.0
        self._failed = False

    def expect(self, endpoint: Endpoint) -> None:
        """One that was not known at the beginning, as the port of the hub's own broker. What the
        settings name keeps its name.
        """
        if endpoint not in self._purposes.endpoints:
            self._purposes.endpoints = (*self._purposes.endpoints, endpoint)

    def carried(self, host: str, port: int, purpose: str, sent: int, now: float) -> None:
        """Another process, which can hear nothing, has sent so many bytes there."""
        whom = Destination(host, port)
        place = (int(now // _HOUR), whom)
        self._known[whom] = purpose
        self._pending[place] = self._pending.get(place, Traffic()) + Traffic(bytes_out=sent)

    def look(self, now: float) -> None:
        """What cannot be written is kept and tried again. Raises OSError without descriptors."""
        self._count(now, last=False)
        if abs(now - self._written) >= _WRITE_EVERY:
            self._write(now)

    def close(self, now: float) -> None:
        """After everything else has closed its connections. Nothing is watched from then on."""
        self._count(now, last=True)
        self._announcements.close()
        self._write(now)
        self._book.close()

    def entries(self, since: int) -> tuple[Entry, ...]:
        """From the hour `since` on, with what is not written yet."""
        try:
            written = entries(self._path, since)
        except LedgerUnreadable:
            written = ()
        return (*written, *(entry for entry in self._unwritten() if entry.hour >= since))

    def note(self, whom: Destination, traffic: Traffic, now: float) -> None:
        """What another process of the hub says that the kernel has counted for it."""
        self._begin_hour(now)
        self._enter(whom, traffic, now)

    def _count(self, now: float, *, last: bool) -> None:
        self._begin_hour(now)
        for found, traffic in self._watch.look(last=last):
            self._enter(found, traffic, now)

    def _begin_hour(self, now: float) -> None:
        hour = int(now // _HOUR)
        if hour != self._hour:
            self._hour, self._known = hour, {}

    def _enter(self, found: Destination, traffic: Traffic, now: float) -> None:
        whom = found
        if whom not in self._known and len(self._known) >= _MOST:
            whom = Destination(_OTHERS, 0, found.protocol, found.way)
        if whom not in self._known:
            self._known[whom] = self._purposes.of(whom, now)
        place = (self._hour, whom)
        self._pending[place] = self._pending.get(place, Traffic()) + traffic

    def _write(self, now: float) -> None:
        self._name(now)
        self._written = now
        if not self._pending:
            return
        try:
            self._book.add(self._unwritten(), before=int(now // _HOUR) - KEPT_HOURS)
        except NotWritten as error:
            if not self._failed:
                self._report(str(error))
            self._failed = True
        else:
            self._failed = False
            self._pending.clear()

    def _name(self, now: float) -> None:
        """Those whose names had not been found yet."""
        for whom, purpose in self._known.items():
            if not purpose and (found := self._purposes.of(whom, now)):
                self._known[whom] = found
                self._pending.setdefault((self._hour, whom), Traffic())

    def _unwritten(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(hour, whom, self._known.get(whom, ""), traffic)
            for (hour, whom), traffic in self._pending.items()
        )
