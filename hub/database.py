"""A small SQLite file in the state folder, made for its owner alone."""

import os
import sqlite3
from pathlib import Path

WAIT = 1.0
"""Seconds for another program to let go of the file."""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""The last: a file of SQLite whose table is not ours."""


def open_database(path: Path, *statements: str) -> sqlite3.Connection:
    """With a write-ahead log; `statements` make its tables. Raises OSError, DatabaseError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    path.chmod(0o600)
    file = sqlite3.connect(path, timeout=WAIT, check_same_thread=False)
    try:
        for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", *statements):
            file.execute(statement)
    except sqlite3.DatabaseError:
        file.close()
        raise
    return file


def is_damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is wrong, and trying again is no use."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED
