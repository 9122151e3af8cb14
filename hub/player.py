"""The hub's own loudspeaker, in a thread of its own: it holds up no other room."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from typing import Protocol

from audio.convert import converted
from audio.frames import RATE, Pcm
from audio.speaker import BLOCK, NoSpeakerError
from hub.messages import Spoken, State
from hub.orders import Order
from hub.reference import ReferenceWriter, Telling

_PATIENCE = 0.5
"""Seconds for what is being played to break off at the end."""


class Sink(Protocol):
    def play(self, pcm: Pcm, rate: int, go_on: Callable[[float], bool]) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Of a hub without a loudspeaker of its own, and why."""

    reason: str

    def play(self, pcm: Pcm, rate: int, go_on: Callable[[float], bool]) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class _Part:
    """Of an order; without sound: its end."""

    order: Order
    pcm: Pcm | None = field(default=None, repr=False)
    rate: int = RATE


class Player:
    """`reference`: who listens is told what is played; not where it goes to a file. `is_hushed`:
    whether an order is taken back; `tell`: writes to the house.
    """

    def __init__(
        self,
        sink: Sink,
        reference: ReferenceWriter | None,
        is_hushed: Callable[[Order], bool],
        tell: Callable[[State | Spoken], None],
    ) -> None:
        self._sink = sink
        self._reference = reference
        self._is_hushed = is_hushed
        self._tell = tell
        self._parts: SimpleQueue[_Part | None] = SimpleQueue()
        self._is_busy = self._is_closing = False
        self._error: NoSpeakerError | OSError | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def is_free(self) -> bool:
        """Raises NoSpeakerError where the loudspeaker has gone, OSError for a file on a full disk.

        Whatever else ends the thread ends the process, too: one that is silent is not noticed.
        """
        if self._error is not None:
            raise self._error
        if not self._thread.is_alive():
            raise RuntimeError("The thread that plays has ended.")
        return not self._is_busy

    def say(self, order: Order, sounds: Iterable[tuple[Pcm, int]]) -> None:
        """While it is free. `sounds`: each with its rate; made here while the ones before it are
        played.
        """
        self._is_busy = True
        if not self._is_hushed(order):
            if order.say.text:
                self._tell(State(source="mouth", state="speaking"))
            for pcm, rate in sounds:
                self._parts.put(_Part(order, pcm, rate))
        self._parts.put(_Part(order))

    def close(self) -> None:
        """Break off, and give the device back."""
        self._is_closing = True
        self._parts.put(None)
        self._thread.join(_PATIENCE)
        self._sink.close()

    def _run(self) -> None:
        seconds = 0.0
        while (part := self._parts.get()) is not None:
            if part.pcm is None:
                told = Spoken(source="mouth", id=part.order.say.id, seconds=round(seconds, 2))
                self._tell(told)
                seconds, self._is_busy = 0.0, False
            elif self._goes_on(part.order):
                seconds += len(part.pcm) / part.rate
                try:
                    self._play(part.order, part.pcm, part.rate)
                except (NoSpeakerError, OSError) as error:
                    self._error = error
                    return

    def _goes_on(self, order: Order) -> bool:
        return not self._is_closing and not self._is_hushed(order)

    def _play(self, order: Order, pcm: Pcm, rate: int) -> None:
        sound = pcm if rate == RATE else converted(pcm, rate, RATE)
        telling = Telling(self._reference, sound) if self._reference else None

        def go_on(seconds: float) -> bool:
            if not self._goes_on(order):
                return False
            if telling:
                telling.until(seconds + BLOCK)
            return True

        self._sink.play(pcm, rate, go_on)
