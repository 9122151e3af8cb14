"""Where timekeeping is kept: one small SQLite file, each change on the disk before it is granted.

Nothing that was written is lost by a kill or a power cut (write-ahead log, synchronous FULL).
"""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from hub.database import is_damaged, open_database
from hub.timekeeping.agenda import Agenda, Entry, Item, Ring

FILE = "timekeeping.db"
"""Its name in the state folder."""
_TABLE = "CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY AUTOINCREMENT, item TEXT)"
_DURABLE = "PRAGMA synchronous = FULL"
_LAST = "SELECT seq FROM sqlite_sequence WHERE name = 'items'"

Report = Callable[[str], None]

_decoder: msgspec.json.Decoder[Item] = msgspec.json.Decoder(Entry | Ring)


class NotKept(Exception):
    """It cannot be written now."""


class Store(Protocol):
    def load(self) -> Agenda:
        """What was kept; never raises."""
        ...

    def save(self, agenda: Agenda) -> None:
        """Raises NotKept, and then nothing of it is kept."""
        ...

    def close(self) -> None: ...


class Memory:
    """For a home that is gone when the program ends."""

    def load(self) -> Agenda:
        return Agenda()

    def save(self, agenda: Agenda) -> None:
        """It is kept by whoever has it."""

    def close(self) -> None:
        pass


class File:
    """Opens its file when it is first used, and again after it failed."""

    def __init__(self, path: Path, report: Report) -> None:
        """`report`: told in plain words what is wrong with the file."""
        self._path = path
        self._report = report
        self._file: sqlite3.Connection | None = None
        self._written: dict[int, Item] = {}

    def load(self) -> Agenda:
        try:
            return self._read()
        except sqlite3.DatabaseError as error:
            self.close()
            if not is_damaged(error):
                self._report(_cannot(self._path, error))
                return Agenda()
        except OSError as error:
            self._report(_cannot(self._path, error))
            return Agenda()
        return self._begin_anew()

    def save(self, agenda: Agenda) -> None:
        """Writes what has changed since it was last saved, all or nothing."""
        wanted = {item.id: item for item in agenda.items}
        if wanted == self._written:
            return
        try:
            self._file = self._file or open_database(self._path, _DURABLE, _TABLE)
            with self._file:
                self._write(self._file, wanted)
        except (sqlite3.DatabaseError, OSError) as error:
            self.close()
            raise NotKept(_cannot(self._path, error)) from error
        self._written = wanted

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, file: sqlite3.Connection, wanted: Mapping[int, Item]) -> None:
        """An id that is in the file unknown to us is never written over."""
        gone = [(each,) for each in self._written.keys() - wanted.keys()]
        new = [(each, _text(wanted[each])) for each in wanted.keys() - self._written.keys()]
        changed = [
            (_text(item), each)
            for each, item in wanted.items()
            if each in self._written and self._written[each] != item
        ]
        file.executemany("DELETE FROM items WHERE id = ?", gone)
        file.executemany("INSERT INTO items VALUES (?, ?)", sorted(new))
        file.executemany("UPDATE items SET item = ? WHERE id = ?", changed)

    def _read(self) -> Agenda:
        self._file = self._file or open_database(self._path, _DURABLE, _TABLE)
        last = self._file.execute(_LAST).fetchone()
        rows = self._file.execute("SELECT item FROM items ORDER BY id").fetchall()
        found = [item for row in rows if (item := _item(row)) is not None]
        if len(found) < len(rows):
            self._report(f"{len(rows) - len(found)} entries of {self._path} cannot be read.")
        self._written = {item.id: item for item in found}
        return Agenda(tuple(found), int(last[0]) if last else 0)

    def _begin_anew(self) -> Agenda:
        aside = self._path.with_suffix(".damaged")
        try:
            for suffix in ("-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
            self._path.replace(aside)
            found = self._read()
        except (sqlite3.DatabaseError, OSError) as error:
            self._report(_cannot(self._path, error))
            return Agenda()
        self._report(f"Timers and alarms were damaged: they lie in {aside}; set them anew.")
        return found


def _text(item: Item) -> str:
    return msgspec.json.encode(item).decode()


def _item(row: object) -> Item | None:
    """None for one of another version of this program: it stays in the file."""
    try:
        return _decoder.decode(msgspec.convert(row, tuple[str])[0])
    except msgspec.MsgspecError:
        return None


def _cannot(path: Path, error: Exception) -> str:
    return f"Timers and alarms cannot be kept in {path} ({error}): make room, or make it writable."
