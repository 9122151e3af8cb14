"""What is said to one satellite, and when: hardly sooner than it plays it, so it can be hushed.

Pure: time is an argument, seconds of one clock.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from hub.satellites.speech import RATE, Piece

_LEAD = 0.3
"""Seconds of sound that the satellite may hold."""
_BYTES_A_SECOND = 2 * RATE


@dataclass(frozen=True, slots=True)
class Begin:
    pass


@dataclass(frozen=True, slots=True)
class Sound:
    pcm: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class End:
    pass


@dataclass(frozen=True, slots=True)
class Played:
    """All of `id` has been heard there; `seconds` of sound."""

    id: int
    seconds: float


Step = Begin | Sound | End | Played


@dataclass
class Pacing:
    _waiting: deque[Piece] = field(default_factory=deque)
    _began: float | None = None
    _given: float = 0.0
    """Seconds of the present speech that were given out."""
    _id: int = 0
    """Its number."""
    _ending: int | None = None
    """The same, once all of it was given out."""
    _hushed: int = 0

    def add(self, piece: Piece) -> None:
        if piece.id > self._hushed or not piece.sound:
            self._waiting.append(piece)

    def hush(self, number: int) -> None:
        """Nothing more of what has this number, or a lower one."""
        self._hushed = max(self._hushed, number)
        kept = (piece for piece in self._waiting if piece.id > number or not piece.sound)
        self._waiting = deque(kept)

    def steps(self, now: float) -> Iterator[Step]:
        """What is to be done by now, in order."""
        while True:
            if self._ending is not None:
                if now < self._until and self._ending > self._hushed:
                    return
                yield Played(self._ending, round(self._given, 2))
                self._began, self._given, self._ending = None, 0.0, None
            elif not self._waiting or not self._is_due(now):
                return
            else:
                yield from self._next(self._waiting.popleft(), now)

    def wait(self, now: float) -> float | None:
        """Seconds until the next step; None while there is nothing to say."""
        if self._ending is not None:
            return max(0.0, self._until - now)
        if not self._waiting or self._began is None:
            return 0.0 if self._waiting else None
        return max(0.0, self._began + self._given - _LEAD - now)

    @property
    def _until(self) -> float:
        return (self._began or 0.0) + self._given

    def _is_due(self, now: float) -> bool:
        return self._began is None or self._given - (now - self._began) < _LEAD

    def _next(self, piece: Piece, now: float) -> Iterator[Step]:
        if self._began is not None and piece.id != self._id:  # the mouth died in between
            yield End()
            yield Played(self._id, round(self._given, 2))
            self._began, self._given = None, 0.0
        self._id = piece.id
        if not piece.sound:
            if self._began is not None:
                yield End()
            self._ending = piece.id
            return
        if self._began is None:
            self._began = now
            yield Begin()
        self._given += len(piece.sound) / _BYTES_A_SECOND
        yield Sound(piece.sound)
