"""A video that is played over and over; it is opened once, while files can still be opened."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import av
from av.container import InputContainer


def opener(file: Path) -> Callable[[], InputContainer]:
    """Raises OSError where it cannot be read. The file stays open as long as the process lives."""
    fd = os.open(file, os.O_RDONLY | os.O_CLOEXEC)

    def open_() -> InputContainer:
        return av.open(_Film(fd), "r")

    return open_


class _Film(io.RawIOBase):
    """One reading of an open file, with a place of its own."""

    def __init__(self, fd: int) -> None:
        super().__init__()
        self._fd, self._at = fd, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        content = os.pread(self._fd, size if size >= 0 else 1 << 20, self._at)
        self._at += len(content)
        return content

    def seek(self, offset: int, whence: int = 0, /) -> int:
        base = (0, self._at, os.fstat(self._fd).st_size)[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at
