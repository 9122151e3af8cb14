"""What the mouth was asked to say: in each place one after the other, no place waits for another.

A Hush takes back all that came before it at the hub's own loudspeaker; what is said by satellites
is hushed by their outlets.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from hub.fields import MICROPHONE
from hub.messages import Hush, Say, ToMouth
from hub.pipes import Reader

_MOST = 64
"""Sentences that wait in a place; of more the last but one is lost, and counted."""


@dataclass(frozen=True, slots=True)
class Order:
    """`number` counts what came, whoever asked for it."""

    number: int
    say: Say


class Orders:
    """Asked by the thread that makes speech, and by the one that plays it."""

    def __init__(self, down: Reader[ToMouth]) -> None:
        self._down = down
        self._lock = Lock()
        self._waiting: deque[Order] = deque()
        self._came = 0
        self._hushed = 0
        self.dropped = 0

    @property
    def is_over(self) -> bool:
        """Nobody is left to ask for anything."""
        return self._down.closed and not self._waiting

    def next(self, is_free: Callable[[str], bool]) -> Order | None:
        """The first one whose place is free; None where there is none.

        What was taken back comes too: whoever waits for its end is told of it.
        """
        with self._lock:
            self._take()
            found = next((each for each in self._waiting if is_free(each.say.to)), None)
            if found is not None:
                self._waiting.remove(found)
            return found

    def is_hushed(self, order: Order) -> bool:
        """Whether it is taken back."""
        with self._lock:
            self._take()
            return order.number <= self._hushed and order.say.to == MICROPHONE

    def _take(self) -> None:
        for message in self._down.poll():
            match message:
                case Hush():
                    self._hushed = self._came
                case Say():
                    self._came += 1
                    there = [each for each in self._waiting if each.say.to == message.to]
                    if len(there) == _MOST:
                        self._waiting.remove(there[-1])
                        self.dropped += 1
                    self._waiting.append(Order(self._came, message))
