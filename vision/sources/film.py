"""A video that is played over and over; it is opened once, while files can still be opened."""

import io
from collections.abc import Callable
from pathlib import Path

import av
from av.container import InputContainer


def opener(file: Path) -> Callable[[], InputContainer]:
    """Raises OSError where it cannot be read."""
    content = file.open("rb")

    def open_() -> InputContainer:
        content.seek(0)
        return av.open(io.BufferedReader(_Kept(content)), "r")

    return open_


class _Kept(io.RawIOBase):
    """The open file, which outlives each container that reads it."""

    def __init__(self, content: io.BufferedReader) -> None:
        super().__init__()
        self._content = content

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: object) -> int:
        return self._content.readinto(into)  # type: ignore[arg-type]

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._content.seek(offset, whence)

    def tell(self) -> int:
        return self._content.tell()
