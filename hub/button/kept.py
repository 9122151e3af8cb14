"""That the hub was muted at the machine, over a new start of hub or machine: systemd starts the hub
anew where the house hangs, and that must open no microphone.
"""

from collections.abc import Callable
from pathlib import Path

from hub.mute import By


class Kept:
    """`file`: is there while it is so; None where nothing is kept, for there is no button."""

    def __init__(self, file: Path | None, tell: Callable[[str], None]) -> None:
        self._file = file
        self._tell = tell

    @property
    def by(self) -> By | None:
        return "machine" if self._file is not None and self._file.exists() else None

    def keep(self, by: By | None) -> None:
        """`by`: who has muted; None: nobody."""
        if self._file is None:
            return
        try:
            if by == "machine":
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.touch(0o600)
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            self._tell(f"A new start will forget who has muted: {self._file}: {error.strerror}.")
