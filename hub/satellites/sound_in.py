"""What a satellite sends becomes sound in memory; all else of it is left unread."""

import msgspec

from hub.sound_memory import BYTES, SoundWriter
from integrations.wyoming.wire import Refused, WireEvent

WOKEN = 1 << 31
"""In a position: this stream was begun by a wake word that the satellite itself heard."""
MOST = 131_072
"""Bytes of sound in one event: four seconds, for those that keep what was before speech."""
_ENDED = 1.0
"""Seconds without sound after which what comes is another stream."""


class WrongSound(Exception):
    """A satellite must send 16 kHz, 16 bit, one channel."""


class _Format(msgspec.Struct, frozen=True):
    rate: int
    width: int
    channels: int


class _Pipeline(msgspec.Struct, frozen=True):
    start_stage: str = "wake"


_WANTED = _Format(16_000, 2, 1)


class SoundIn:
    """One satellite's events, until its connection ends."""

    def __init__(self, memory: SoundWriter) -> None:
        self._memory = memory
        self._position = 0
        self._flag = 0
        self._heard_at: float | None = None

    def take(self, event: WireEvent, now: float) -> None:
        """`now`: when it came, seconds of time.monotonic(). Raises Refused,
        WrongSound.
        """
        try:
            match event.type:
                case "run-pipeline":
                    self._begin(msgspec.json.decode(event.data, type=_Pipeline))
                case "audio-chunk":
                    self._hear(msgspec.json.decode(event.data, type=_Format), event.payload, now)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise Refused("That is no event of Wyoming.") from error

    def _begin(self, pipeline: _Pipeline) -> None:
        if pipeline.start_stage == "asr":
            self._position, self._flag = 0, WOKEN

    def _hear(self, told: _Format, sound: bytes, now: float) -> None:
        if told != _WANTED or len(sound) % 2:
            raise WrongSound
        if self._heard_at is not None and now - self._heard_at > _ENDED and self._position:
            self._position, self._flag = 0, 0
        self._heard_at = now
        for at in range(0, len(sound), BYTES):
            piece = sound[at : at + BYTES]
            self._memory.tell(now, self._position | self._flag, piece)
            self._position = (self._position + len(piece) // 2) % WOKEN
