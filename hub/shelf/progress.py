"""A progress bar for downloads: one growing line on a terminal, one line at the end elsewhere."""

from dataclasses import dataclass
from typing import TextIO

_WIDTH = 24
_SMALL = 0.1  # megabytes; below, kilobytes read better


def amount(size: int) -> str:
    megabytes = size / 1e6
    return f"{megabytes:.1f} MB" if megabytes > _SMALL else f"{size / 1e3:.1f} kB"


def bar(label: str, done: int, total: int) -> str:
    filled = _WIDTH * done // max(total, 1)
    line = "#" * filled + "." * (_WIDTH - filled)
    return f"  {label:<34} [{line}] {done / 1e6:6.1f} of {amount(total)}"


@dataclass(frozen=True, slots=True)
class Progress:
    """Call it with what is fetched, bytes so far and bytes in all."""

    out: TextIO

    def __call__(self, label: str, done: int, total: int) -> None:
        finished = done >= total
        if self.out.isatty():
            self.out.write(f"\r{bar(label, done, total)}" + ("\n" if finished else ""))
        elif finished:
            self.out.write(f"  {label} ({amount(total)})\n")
        self.out.flush()
