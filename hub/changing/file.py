"""The owner's settings file: read, changed as a whole, and put back as it was before.

Each step leaves one whole file in its place, also after a power cut. The earlier state stays
beside it under a name that says which state came after it: what was changed by hand since is never
undone.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hub.keep.files import create, half_written, settle

_MARK = 16
"""Hexadecimal digits that tell one state of the file from another."""
_ABSENT = "absent"


class NotWritable(Exception):
    """The file cannot be changed from here; the message says why, in plain words."""


class HasChanged(Exception):
    """Somebody else has changed the file since it was read."""


@dataclass(frozen=True, slots=True)
class State:
    """`mark` tells this state from any other."""

    text: bytes
    mark: str


@dataclass(frozen=True, slots=True)
class OwnersFile:
    """Where the settings lie themselves, not a link to them."""

    path: Path

    def read(self) -> State:
        """Nothing where there is none yet. Raises OSError."""
        try:
            text = self.path.read_bytes()
        except FileNotFoundError:
            return State(b"", _ABSENT)
        return State(text, _mark(text))

    @property
    def problem(self) -> str:
        """Why it cannot be written; empty where it can."""
        folder = self.path.parent
        if not folder.is_dir():
            return f"There is no folder {folder}."
        if os.access(folder, os.W_OK) and (not self.path.exists() or os.access(self.path, os.W_OK)):
            return ""
        return f"{self.path} cannot be written by the hub."

    def texts(self) -> tuple[bytes, ...]:
        """Of the present state, and of the one before it. Raises OSError."""
        files = (self.path, *self._kept())
        return tuple(file.read_bytes() for file in files if file.is_file())

    def can_undo(self, mark: str) -> bool:
        return self._before(mark).is_file()

    def save(self, text: bytes, mark: str) -> None:
        """`mark`: the state that it was made from. Raises HasChanged, NotWritable."""
        with self._unchanged(mark):
            if mark == _mark(text):
                return
            if mark == _ABSENT:
                create(self.path, b"")
            kept = self._before(_mark(text))
            new = half_written(self.path)
            new.unlink(missing_ok=True)
            create(new, text)
            new.chmod(self.path.stat().st_mode & 0o777)
            kept.unlink(missing_ok=True)
            kept.hardlink_to(self.path)
            settle(self.path.parent)
            new.rename(self.path)
            self._forget_but(kept)

    def undo(self, mark: str) -> None:
        """What it undoes can be had again the same way. Raises HasChanged, NotWritable."""
        before = self._before(mark)
        with self._unchanged(mark):
            if not before.is_file():
                raise NotWritable("There is no earlier state to go back to.")
            kept = self._before(_mark(before.read_bytes()))
            kept.unlink(missing_ok=True)
            kept.hardlink_to(self.path)
            settle(self.path.parent)
            before.rename(self.path)
            self._forget_but(kept)

    @contextmanager
    def _unchanged(self, mark: str) -> Iterator[None]:
        try:
            if self.read().mark != mark:
                raise HasChanged
            yield
        except OSError as error:
            raise NotWritable(f"{self.path} cannot be written: {error.strerror}.") from error

    def _before(self, mark: str) -> Path:
        """The state that came before the one with this mark."""
        return self.path.with_name(f"{self.path.name}.before-{mark}")

    def _kept(self) -> tuple[Path, ...]:
        return tuple(self.path.parent.glob(f"{self.path.name}.before-{'?' * _MARK}"))

    def _forget_but(self, kept: Path) -> None:
        settle(self.path.parent)
        for old in self._kept():
            if old != kept:
                old.unlink(missing_ok=True)


def owners_file(path: Path) -> OwnersFile:
    return OwnersFile(path.resolve())


def _mark(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:_MARK]
