"""For how long recording goes on: it is written down, so that no restart makes it longer.

The same settings record once. To record again, change them, or start the hub once without them.
"""

from pathlib import Path

import msgspec

from hub.keep.files import private_folder, remove, replace
from hub.keep.settings import Recordings


class Window(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`began`, `until`: seconds since 1970."""

    settings: Recordings
    began: float
    until: float

    def open(self, now: float) -> bool:
        """Never while the clock is before its beginning: then nobody knows what time it is."""
        return self.began <= now < self.until


def current(folder: Path) -> Window | None:
    """None also where it is damaged; then nothing is known of it."""
    try:
        return msgspec.json.decode(_file(folder).read_bytes(), type=Window)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def opened(folder: Path, settings: Recordings, now: float) -> Window:
    """The one that these settings opened before, or a new one. Raises OSError."""
    known = current(folder)
    if known is not None and known.settings == settings:
        return known
    return _written(
        folder, Window(settings=settings, began=now, until=now + 3_600 * settings.hours)
    )


def closed(folder: Path, window: Window, now: float) -> Window:
    """Ended before its time. Raises OSError."""
    return _written(folder, msgspec.structs.replace(window, until=min(window.until, now)))


def forgotten(folder: Path) -> None:
    """The settings ask for no recordings: the next that do open a new window."""
    if _file(folder).exists():
        remove(_file(folder))


def _written(folder: Path, window: Window) -> Window:
    private_folder(folder)
    replace(_file(folder), msgspec.json.encode(window))
    return window


def _file(folder: Path) -> Path:
    return folder / "window.json"
