"""Local time of this machine. Its zone is looked at anew each time: it may be changed meanwhile."""

import os
from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LOCALTIME = Path("/etc/localtime")


class LocalClock:
    """Call it for now. `environment` may name a zone in TZ; else the file says it."""

    def __init__(
        self, environment: Mapping[str, str] = os.environ, localtime: Path = _LOCALTIME
    ) -> None:
        self._named = _named(environment.get("TZ", "").removeprefix(":"))
        self._localtime = localtime
        self._seen: tuple[int, int] | None = None
        self._zone: tzinfo | None = None

    def __call__(self) -> datetime:
        return datetime.now().astimezone(self._named or self._of_file())

    def _of_file(self) -> tzinfo | None:
        """None where it cannot be read: then the C library knows the offset of now at least."""
        try:
            found = self._localtime.stat()
            seen = (found.st_ino, found.st_mtime_ns)
            if seen != self._seen:
                with self._localtime.open("rb") as file:
                    self._zone = ZoneInfo.from_file(file)
                self._seen = seen
        except (OSError, ValueError):
            self._seen, self._zone = None, None
        return self._zone


def _named(name: str) -> tzinfo | None:
    """None for a zone in another notation, or where this machine has no zones."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
