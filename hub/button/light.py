"""A light that tells that nothing hears: a folder in /sys/class/leds."""

import os
from collections.abc import Callable
from pathlib import Path


class Light:
    """`tell`: told once in plain words when it cannot be set; that is tried again."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._tell = tell
        self._lit: bool | None = None
        self._has_told = False

    @property
    def is_set(self) -> bool:
        return self._lit is not None

    def show(self, lit: bool) -> None:  # noqa: FBT001 - on or off is what it is
        if lit == self._lit:
            return
        try:
            self._write(lit)
        except OSError as error:
            self._lit = None
            if not self._has_told:
                self._tell(f"The light {self._folder.name} cannot be set: {error.strerror}.")
            self._has_told = True
        else:
            self._lit, self._has_told = lit, False

    def _write(self, lit: bool) -> None:  # noqa: FBT001 - as above
        """Off comes first: it also ends what else the kernel shows with it (its trigger)."""
        flags = os.O_WRONLY | os.O_TRUNC | os.O_NONBLOCK | os.O_CLOEXEC
        file = os.open(self._folder / "brightness", flags)
        try:
            os.write(file, b"0\n")
            if lit:
                os.pwrite(file, self._brightest() + b"\n", 0)
        finally:
            os.close(file)

    def _brightest(self) -> bytes:
        return (self._folder / "max_brightness").read_bytes().strip()
