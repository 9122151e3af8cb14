"""The mute button and its light in the launcher, as far as the settings name them."""

import math
import os
import selectors
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hub.button.finding import KeysOf, NoButton, opened
from hub.button.kept import Kept
from hub.button.light import Light
from hub.button.presses import EVENT, Presses
from hub.button.settings import ButtonSettings

AGAIN = 2.0
"""Seconds after which what is missing is looked for again: that opens no device but the button."""
_AT_ONCE = 64


class Panel:
    """`pressed`: called for each press. What is missing is told once, in plain words, to stderr:
    the house may be dead. `state`: the folder in which it is kept that the hub was muted.
    """

    def __init__(
        self,
        settings: ButtonSettings,
        selector: selectors.BaseSelector,
        pressed: Callable[[], None],
        keys_of: KeysOf,
        state: Path,
    ) -> None:
        self._settings = settings
        self._selector = selector
        self._pressed = pressed
        self._keys_of = keys_of
        folder = settings.light_folder
        self._light = Light(folder, _tell) if folder is not None else None
        self.kept = Kept(state / "muted" if settings.mute is not None else None, _tell)
        self._device: int | None = None
        self._again_at = 0.0
        self._trouble = ""

    def tick(self, deaf: bool) -> None:  # noqa: FBT001 - lit or not is what it is
        """`deaf`: nothing can hear. To be called before anything is started that could."""
        if self._light is not None:
            self._light.show(deaf)
        now = time.monotonic()
        if self._settings.mute is not None and self._device is None and now >= self._again_at:
            self._again_at = now + AGAIN
            self._open(self._settings.mute)

    def wait(self) -> float:
        """Seconds until there is something to do."""
        has_button = self._settings.mute is None or self._device is not None
        has_light = self._light is None or self._light.is_set
        return math.inf if has_button and has_light else AGAIN

    def close(self) -> None:
        """A light that nobody looks after any more promises nothing."""
        if self._light is not None:
            self._light.show(False)  # noqa: FBT003 - off is what it is

    def _open(self, mute: str) -> None:
        try:
            self._device, key = opened(mute, Path(self._settings.root), self._keys_of)
        except NoButton as why:
            self._mention(str(why))
            return
        if self._trouble:
            self._mention("")
            _tell(f"The button {mute} is there.")
        presses = Presses(key)
        self._selector.register(self._device, selectors.EVENT_READ, lambda: self._read(presses))

    def _read(self, presses: Presses) -> None:
        assert self._device is not None
        try:
            data = os.read(self._device, _AT_ONCE * EVENT.size)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lost(self._device)
        for _ in range(presses.feed(data)):
            self._pressed()

    def _lost(self, device: int) -> None:
        self._selector.unregister(device)
        os.close(device)
        self._device = None
        self._mention(f"The button {self._settings.mute} was unplugged; it is looked for again.")

    def _mention(self, trouble: str) -> None:
        """Until it is mended, another trouble after the first is not told."""
        if trouble and not self._trouble:
            _tell(trouble)
        self._trouble = trouble


def _tell(text: str) -> None:
    with suppress(OSError):  # nobody reads
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
