"""A loudspeaker through PortAudio."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

import numpy as np

from audio.convert import converted
from audio.frames import Pcm
from audio.portaudio import portaudio, quiet
from audio.sound_devices import Direction, find

BLOCK = 0.02
"""Seconds that are handed over at a time."""
_AHEAD = 0.1
"""Seconds of sound that wait in the device: no gap where this process is late, and no long tail
where it is to stop.
"""
_TAIL = 0.2
"""Seconds of silence behind every sound: PulseAudio drops that much when a stream stops."""


class NoSpeakerError(Exception):
    """There is no such device, or it cannot be opened."""


class Speaker:
    """Opened at construction: a sealed process can open nothing later."""

    def __init__(self, device: str | int | None = None) -> None:
        """`device`: PortAudio's name, part of it or its number; None is the system's default."""
        found = find(device, Direction.OUT)
        if found is None:
            wanted = "no loudspeaker" if device is None else f"no loudspeaker {device!r}"
            raise NoSpeakerError(f"There is {wanted}: plug one in, or name another device.")
        self._rate, self._channels = found.rate, found.channels
        try:
            with quiet():
                self._stream = portaudio().OutputStream(
                    samplerate=found.rate,
                    device=found.index,
                    channels=found.channels,
                    dtype="int16",
                    latency=_AHEAD,
                )
        except portaudio().PortAudioError as error:
            why = f"The loudspeaker {found.name!r} cannot be opened ({error.args[0]})"
            raise NoSpeakerError(f"{why}: close the program that uses it.") from error

    def play(self, pcm: Pcm, rate: int, go_on: Callable[[float], bool] = lambda _: True) -> None:
        """Play a mono sound; returns when it has been heard.

        `go_on` is asked before each block, with the seconds handed over so far; where it says no
        the sound breaks off, also what waits in the device.
        """
        sound = pcm if rate == self._rate else converted(pcm, rate, self._rate)
        sound = np.concatenate((sound, np.zeros(round(self._rate * _TAIL), np.int16)))
        block = round(self._rate * BLOCK)
        try:
            self._stream.start()
            for at in range(0, len(sound), block):
                if not go_on(at / self._rate):
                    self._stream.abort()
                    return
                piece = sound[at : at + block, np.newaxis]
                self._stream.write(np.repeat(piece, self._channels, axis=1))
            self._stream.stop()
        except portaudio().PortAudioError as error:
            raise NoSpeakerError(
                f"The loudspeaker stopped ({error.args[0]}): is it unplugged?"
            ) from error

    def close(self) -> None:
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
