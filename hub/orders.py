"""What the mouth was asked to say, in order; a Hush takes back all that came before it, but for
what is said by satellites, which are hushed by their outlets.
"""

import select
from collections import deque

import msgspec

from hub.messages import MICROPHONE, Hush, Say, ToMouth
from hub.pipes import Reader

_MOST = 64
"""Sentences that wait; of more the last but one is lost, and counted."""


class Orders:
    def __init__(self, down: Reader[ToMouth]) -> None:
        self._down = down
        self._waiting: deque[Say] = deque()
        self._hushed = False
        self.dropped = 0

    def next(self) -> Say | None:
        """The next one, as soon as there is one; None when nobody is left to ask for anything.

        What was taken back comes too, empty: whoever waits for its end is told of it.
        """
        while not self._waiting and not self._down.closed:
            select.select([self._down.fd], [], [])
            self._take()
        self._hushed = False
        return self._waiting.popleft() if self._waiting else None

    def hushed(self) -> bool:
        """Whether the last one that was given out is taken back."""
        self._take()
        return self._hushed

    def _take(self) -> None:
        for message in self._down.poll():
            match message:
                case Hush():
                    self._hushed = True
                    self._waiting = deque(map(_emptied, self._waiting))
                case Say():
                    if len(self._waiting) == _MOST:
                        self._waiting.pop()
                        self.dropped += 1
                    self._waiting.append(message)


def _emptied(say: Say) -> Say:
    return say if say.to != MICROPHONE else msgspec.structs.replace(say, text="", earcon=None)
