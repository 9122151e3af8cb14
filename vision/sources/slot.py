"""The newest picture, handed from the thread that decodes to the one that looks."""

import threading
import time
from dataclasses import dataclass, field

from av import VideoFrame


@dataclass(frozen=True, slots=True)
class Decoded:
    """`at`: seconds of time.monotonic() at which it was there."""

    frame: VideoFrame = field(repr=False)
    at: float


@dataclass(frozen=True, slots=True)
class Lost:
    """The stream has ended or is silent; `reason`: plain words, never an address or a name."""

    reason: str


class Slot:
    """Holds one thing. A newer picture takes the place of one that nobody has looked at."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._content: Decoded | Lost | None = None
        self.decoded = 0
        self.dropped = 0
        """Pictures that nobody has looked at."""
        self.at = time.monotonic()
        """When something came last."""

    def put(self, content: Decoded | Lost) -> None:
        with self._changed:
            if isinstance(content, Decoded):
                self.decoded += 1
                self.dropped += isinstance(self._content, Decoded)
            self._content, self.at = content, time.monotonic()
            self._changed.notify()

    def take(self, patience: float) -> Decoded | Lost | None:
        """Waits for it, `patience` seconds at most; None: nothing came."""
        with self._changed:
            self._changed.wait_for(lambda: self._content is not None, patience)
            content, self._content = self._content, None
            return content
