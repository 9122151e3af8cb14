"""In the launcher: takes what senses keeps, encrypts it once more, and ends it in time.

Once more, because a senses that a bad model has taken over could send plain sound, which the house
could then read from the disk: whatever comes is closed to the owner's key here too. What is left to
it are the number, the times and the sizes of files, within a budget.
"""

import os
import selectors
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hub.keep import window as windows
from hub.keep.errors import Garbled
from hub.keep.journal import Budget, Records
from hub.keep.owner import closed, recipient
from hub.keep.recordings import Folder
from hub.keep.settings import Recordings

PER_HOUR = 16_000_000
"""Bytes: about 160 commands of 3 s; at most 400 MB in the 24 hours that can be asked for."""
LEAST = 32_000
"""Bytes that any record counts as, a second of sound: nothing at all is a file too, and a count."""
_CHUNK = 65_536
_HOURLY = 3_600.0


@dataclass(frozen=True, slots=True)
class Recorded:
    """What everybody may see. `until`: seconds since 1970, 0 while nothing is recorded."""

    until: int
    kept: int
    lost: int


class Keeper:
    """Every call is short. `clock`: seconds since 1970."""

    def __init__(
        self,
        folder: Path,
        settings: Recordings | None,
        selector: selectors.BaseSelector,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Raises BadRecipient, OSError."""
        self._folder = Folder(folder)
        self._selector = selector
        self._clock = clock
        self._records = Records()
        self._budget = Budget(PER_HOUR, clock())
        self._kept = self._lost = 0
        self._window: windows.Window | None = None
        self._expired_at = 0.0
        self.senses_end: int | None = None
        """What senses may inherit, while something is recorded."""
        if settings is None:
            windows.forgotten(folder)
        else:
            self._owner = recipient(settings.to)
            self._open(settings)
        self.tick()

    def _open(self, settings: Recordings) -> None:
        """Raises OSError: without its end written down no recording begins."""
        window = windows.opened(self._folder.path, settings, self._clock())
        if window.open(self._clock()):
            self._window = window
            self._end, self.senses_end = os.pipe()
            os.set_blocking(self._end, False)
            self._selector.register(self._end, selectors.EVENT_READ, self._take)

    @property
    def recorded(self) -> Recorded:
        return Recorded(int(self._window.until) if self._window else 0, self._kept, self._lost)

    def tick(self) -> None:
        """To be called at least when `wait` is over."""
        now = self._clock()
        if self._window and not self._window.open(now):
            self._close()
        if not 0 <= now - self._expired_at < _HOURLY:
            self._expired_at = now
            with suppress(OSError):  # tried again in an hour; `inglenook recordings list` shows it
                self._folder.expire(datetime.fromtimestamp(now, UTC))

    def wait(self) -> float:
        """Seconds until there is something to do."""
        now = self._clock()
        expiry = self._expired_at + _HOURLY
        return max(0.0, min(expiry, self._window.until if self._window else expiry) - now)

    def stop(self) -> None:
        """The owner's word, from anywhere: it ends, and the same settings do not start it again."""
        if self._window:
            window = self._window
            self._close()
            with suppress(OSError):  # the disk is full: it ends for now, and for good at its time
                windows.closed(self._folder.path, window, self._clock())

    def _close(self) -> None:
        """Senses finds out when it writes: a pipe without a reader."""
        assert self.senses_end is not None
        self._selector.unregister(self._end)
        os.close(self._end)
        os.close(self.senses_end)
        self.senses_end = self._window = None

    def _take(self) -> None:
        self.tick()
        if self._window is None:
            return
        try:
            for record in self._records.feed(os.read(self._end, _CHUNK)):
                self._keep(record, self._window.settings.keep_days)
        except Garbled:
            self._lost += 1
            self._close()

    def _keep(self, record: bytes, keep_days: float) -> None:
        now = self._clock()
        if not self._budget.allows(max(LEAST, len(record)), now):
            self._lost += 1
            return
        try:
            body = closed(record, self._owner)
            self._folder.add(body, datetime.fromtimestamp(now, UTC), keep_days)
        except OSError:  # the disk is full
            self._lost += 1
        else:
            self._kept += 1
