"""Any rate, channels and sample format -> 16 kHz mono 16 bit, as a stream (FFmpeg's resampler)."""

from typing import cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from audio.frames import RATE, Pcm

Sound = NDArray[np.int16] | NDArray[np.int32] | NDArray[np.float32] | NDArray[np.uint8]
"""Shape (n, channels), or (n,) for mono. Floats are -1..1, unsigned bytes are centred on 128."""

_FORMATS = {"int16": "s16", "int32": "s32", "float32": "flt", "uint8": "u8"}


class Converter:
    """One stream's way to `rate`: 16 kHz, or a loudspeaker's when sound goes out."""

    def __init__(self, rate: int = RATE) -> None:
        self._rate = rate
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)

    def frame(self, frame: AudioFrame) -> Pcm:
        """What has come out so far; a few milliseconds stay inside until more follows."""
        return _joined(self._resampler.resample(frame))

    def sound(self, sound: Sound, rate: int) -> Pcm:
        """`sound` at `rate` samples per second; rate, channels and format stay what they were.

        Of more than two channels the first is taken: a microphone array says nothing of its layout.
        """
        if not len(sound):
            return np.zeros(0, np.int16)
        channels = 1 if sound.ndim == 1 else sound.shape[1]
        if channels > 2:  # noqa: PLR2004  # stereo
            sound, channels = sound[:, 0], 1
        if rate == self._rate and channels == 1 and sound.dtype == np.int16:
            return cast("Pcm", sound.reshape(-1))
        interleaved = cast("Sound", np.ascontiguousarray(sound).reshape(1, -1))
        frame = AudioFrame.from_ndarray(
            interleaved,
            format=_FORMATS[str(sound.dtype)],
            layout="mono" if channels == 1 else "stereo",
        )
        frame.sample_rate = rate
        return self.frame(frame)

    def rest(self) -> Pcm:
        """What stayed inside, at the end of the stream."""
        return _joined(self._resampler.resample(None))


def converted(sound: Sound, rate: int, to: int = RATE) -> Pcm:
    """A whole sound at once."""
    converter = Converter(to)
    return np.concatenate((converter.sound(sound, rate), converter.rest()))


def _joined(frames: list[AudioFrame]) -> Pcm:
    parts = [cast("Pcm", frame.to_ndarray()).reshape(-1) for frame in frames]
    return np.concatenate(parts) if parts else np.zeros(0, np.int16)
