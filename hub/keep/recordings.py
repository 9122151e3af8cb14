"""The folder of recordings: encrypted files that say in their names when they end."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hub.keep.files import private_folder

_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\d{8}T\d{6}Z)-\d{4,}\.age")
_TIME = "%Y%m%dT%H%M%SZ"
_CLOCK_ERROR = timedelta(days=1)
"""A recording from further in the future was made while the clock was wrong; it ends too."""


@dataclass(frozen=True, slots=True)
class Recording:
    file: Path
    made: datetime
    expires: datetime

    @property
    def name(self) -> str:
        return self.file.stem

    def over(self, now: datetime) -> bool:
        return not self.made - _CLOCK_ERROR <= now < self.expires


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._count = 0

    def add(self, body: bytes, now: datetime, keep_days: float) -> None:
        """Raises OSError, and then nothing is left of it."""
        private_folder(self.path)
        times = f"{now:{_TIME}}-{now + timedelta(days=keep_days):{_TIME}}"
        self._count += 1
        file = self.path / f"{times}-{os.getpid()}{self._count:04}.age"
        try:
            with open(file, "xb", opener=_private) as out:
                out.write(body)
        except OSError:
            file.unlink(missing_ok=True)
            raise

    def recordings(self) -> tuple[Recording, ...]:
        """Oldest first."""
        found = ((file, _NAME.fullmatch(file.name)) for file in sorted(self.path.glob("*.age")))
        return tuple(
            Recording(file, _time(match[1]), _time(match[2])) for file, match in found if match
        )

    def expire(self, now: datetime) -> None:
        for recording in self.recordings():
            if recording.over(now):
                recording.file.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _time(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
