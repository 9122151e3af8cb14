"""What tests share: recordings as pcm, speech by the hub's own voice, sound cut in frames."""

import wave
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from audio.convert import converted
from audio.engines import Tts
from audio.frames import Frame, Pcm, samples


def recording(path: Path) -> Pcm:
    """A 16 kHz mono 16 bit WAV."""
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def spoken(voice: Tts, text: str) -> Pcm:
    return converted(voice.speak(text), voice.rate)


def quiet(seconds: float) -> Pcm:
    return np.zeros(samples(seconds), np.int16)


def cut(pcm: Pcm, lengths: Iterable[int], start: int = 0) -> Iterator[Frame]:
    """`pcm` as frames of these lengths, the last one shorter or, when lengths run out, longer."""
    at = 0
    for length in lengths:
        if at >= len(pcm):
            return
        yield Frame(pcm[at : at + length], start + at)
        at += length
    if at < len(pcm):
        yield Frame(pcm[at:], start + at)


def shelf(folder: Path, names: Iterable[str]) -> Mapping[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names}
