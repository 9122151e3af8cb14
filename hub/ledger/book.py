"""The ledger's file: sums by the hour and destination, 30 days, in SQLite.

Written by the house alone, read by anybody who may read its state, also while it writes. A program
that is killed loses what was not written yet, never what was.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import msgspec

from hub.database import WAIT, is_damaged, open_database
from hub.ledger.entries import Destination, Entry, Protocol, Traffic, Way

KEPT_HOURS = 30 * 24
FILE = "ledger.db"
"""Its name in the state folder."""
_TABLE = """
CREATE TABLE IF NOT EXISTS traffic (
  hour INTEGER, address TEXT, port INTEGER, protocol TEXT, way TEXT, purpose TEXT,
  connections INTEGER, messages INTEGER, bytes_out INTEGER, bytes_in INTEGER, unannounced INTEGER,
  PRIMARY KEY (hour, address, port, protocol, way)
) WITHOUT ROWID"""
_ADD = """
INSERT INTO traffic VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
  purpose = CASE excluded.purpose WHEN '' THEN purpose ELSE excluded.purpose END,
  connections = connections + excluded.connections, messages = messages + excluded.messages,
  bytes_out = bytes_out + excluded.bytes_out, bytes_in = bytes_in + excluded.bytes_in,
  unannounced = unannounced + excluded.unannounced"""

Report = Callable[[str], None]
_Row = tuple[int, str, int, Protocol, Way, str, int, int, int, int, int]


class LedgerUnreadable(Exception):
    """The file is there and cannot be read."""


class NotWritten(Exception):
    """The file cannot be written now; what was to be added is not in it."""


class Book:
    """Opens its file when something is to be written, and again after it failed."""

    def __init__(self, path: Path, report: Report) -> None:
        """`report`: told in plain words when a damaged file was set aside."""
        self._path = path
        self._report = report
        self._file: sqlite3.Connection | None = None

    def add(self, entries: Iterable[Entry], before: int) -> None:
        """Adds sums, and forgets the hours `before` this one. Raises NotWritten."""
        rows = [_row(entry) for entry in entries]
        try:
            self._write(rows, before)
        except sqlite3.DatabaseError as error:
            self.close()
            if not is_damaged(error):
                raise NotWritten(_cannot(self._path, error)) from error
            self._set_aside()
            self._write_anew(rows, before)
        except OSError as error:
            raise NotWritten(_cannot(self._path, error)) from error

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, rows: Iterable[_Row], before: int) -> None:
        self._file = self._file or open_database(self._path, _TABLE)
        with self._file:
            self._file.execute("DELETE FROM traffic WHERE hour < ?", (before,))
            self._file.executemany(_ADD, rows)

    def _write_anew(self, rows: Iterable[_Row], before: int) -> None:
        try:
            self._write(rows, before)
        except (sqlite3.DatabaseError, OSError) as error:
            raise NotWritten(_cannot(self._path, error)) from error

    def _set_aside(self) -> None:
        aside = self._path.with_suffix(".damaged")
        for suffix in ("-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        self._path.replace(aside)
        self._report(f"The ledger was damaged: it lies in {aside}; a new one is begun.")


def entries(path: Path, since: int) -> tuple[Entry, ...]:
    """From the hour `since` on, oldest first; none where there is no file yet.

    Raises LedgerUnreadable.
    """
    if not path.exists():
        return ()
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=WAIT)) as file:
            rows = file.execute("SELECT * FROM traffic WHERE hour >= ? ORDER BY hour", (since,))
            return tuple(_entry(row) for row in rows)
    except (sqlite3.DatabaseError, msgspec.ValidationError) as error:
        raise LedgerUnreadable(f"The ledger {path} cannot be read: {error}.") from error


def _cannot(path: Path, error: Exception) -> str:
    return f"The ledger {path} cannot be written ({error}): make room, or make it writable."


def _row(entry: Entry) -> _Row:
    whom, traffic = entry.destination, entry.traffic
    place = (entry.hour, whom.address, whom.port, whom.protocol, whom.way, entry.purpose)
    sums = (traffic.connections, traffic.messages, traffic.bytes_out, traffic.bytes_in)
    return (*place, *sums, traffic.unannounced)


def _entry(row: object) -> Entry:
    hour, address, port, protocol, way, purpose, *sums = msgspec.convert(row, _Row)
    return Entry(hour, Destination(address, port, protocol, way), purpose, Traffic(*sums))
