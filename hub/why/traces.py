"""Where traces are kept: a small SQLite file for its owner alone, the last turns of a week."""

import sqlite3
from pathlib import Path

import msgspec

from hub.database import is_damaged, open_database
from hub.why.trace import Trace

FILE = "why.db"
"""Its name in the state folder."""
MOST = 500
"""Turns that are kept."""
KEPT_FOR = 7 * 86_400.0
"""Seconds after which a turn is deleted."""
_TABLE = """
CREATE TABLE IF NOT EXISTS traces (id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL, trace TEXT)"""
_SECURE = "PRAGMA secure_delete = ON"
"""What is deleted is written over."""
_NEW = "INSERT INTO traces (at, trace) VALUES (?, ?)"
_OLD = "DELETE FROM traces WHERE at < ? OR id <= (SELECT max(id) FROM traces) - ?"
_CHANGE = "UPDATE traces SET trace = ? WHERE at = ?"

_Step = tuple[str, tuple[float | str, ...]]

_decoder = msgspec.json.Decoder(Trace)


class NotKept(Exception):
    """The file cannot be written or read now."""


class Traces:
    """Opens its file when it is first used, and again after it failed. A file that is damaged is
    deleted and begun anew: nothing in it is worth keeping.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: sqlite3.Connection | None = None

    def add(self, trace: Trace) -> None:
        """Raises NotKept."""
        text = msgspec.json.encode(trace).decode()
        self._run((_NEW, (trace.at, text)), (_OLD, (trace.at - KEPT_FOR, MOST)))

    def tidy(self, now: float) -> None:
        """Delete what is too old, or too much. Raises NotKept."""
        self._run((_OLD, (now - KEPT_FOR, MOST)))

    def last(self, count: int, now: float) -> tuple[Trace, ...]:
        """At most so many, newest first. Raises NotKept."""
        wanted = "SELECT trace FROM traces WHERE at >= ? ORDER BY id DESC LIMIT ?"
        rows = self._run((wanted, (now - KEPT_FOR, count)))
        return tuple(found for (text,) in rows if (found := _trace(text)) is not None)

    def change(self, trace: Trace) -> None:
        """In place of the one of the same moment. Raises NotKept."""
        self._run((_CHANGE, (msgspec.json.encode(trace).decode(), trace.at)))

    def forget(self) -> None:
        """Delete all. Raises NotKept."""
        self.close()
        try:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        except OSError as error:
            raise NotKept(_cannot(self._path, error)) from error

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _run(self, *steps: _Step) -> list[tuple[str]]:
        """All or none; the rows of the last."""
        try:
            return self._try(*steps)
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                self.close()
                raise NotKept(_cannot(self._path, error)) from error
        except OSError as error:
            raise NotKept(_cannot(self._path, error)) from error
        self.forget()
        try:
            return self._try(*steps)
        except (sqlite3.DatabaseError, OSError) as error:
            self.close()
            raise NotKept(_cannot(self._path, error)) from error

    def _try(self, *steps: _Step) -> list[tuple[str]]:
        self._file = self._file or open_database(self._path, _TABLE, _SECURE)
        with self._file:
            return [self._file.execute(*step).fetchall() for step in steps][-1]


def _trace(text: str) -> Trace | None:
    """None for one that another version wrote."""
    try:
        return _decoder.decode(text)
    except msgspec.MsgspecError:
        return None


def _cannot(path: Path, error: Exception) -> str:
    return f"Why the last turns went as they did cannot be kept in {path} ({error}): make room."
