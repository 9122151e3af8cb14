"""Joins what the mouth tells of its sound to the samples of the microphone that hears it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from audio.frames import Frame
from audio.own_sound import OwnSound
from hub.reference import ReferenceReader
from hub.sound_memory import PIECE
from hub.sources import Source


def without_echo(source: Source, own: OwnSound, reference: ReferenceReader) -> Source:
    """The same sound without the hub's own, where the source is in the room with it."""
    if source.sample_at is None:
        return source
    played = _Played(own, reference, source.sample_at)
    return replace(
        source,
        frames=played.cleaned(source.frames),
        dropped=lambda: source.dropped() + reference.lost * PIECE,
    )


@dataclass
class _Played:
    own: OwnSound
    reference: ReferenceReader
    sample_at: Callable[[float], int]
    _begun: float = 0.0
    _first: int = 0
    """The sample at which the present sound began. Kept: it is a guess, and must not waver."""

    def cleaned(self, frames: Iterator[Frame | None]) -> Iterator[Frame | None]:
        for frame in frames:
            self._take()
            yield self.own.clean(frame) if frame else None

    def _take(self) -> None:
        for piece in self.reference.read():
            new = piece.begun != self._begun
            if new:
                self._begun, self._first = piece.begun, self.sample_at(piece.begun)
            self.own.play(piece.pcm, self._first + piece.position, new=new)
