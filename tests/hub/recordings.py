"""Recordings for the hub: a wake word in its own voice, then a command of its own or a person's."""

from pathlib import Path

import numpy as np

from audio.convert import converted
from audio.files import WavSink, frames
from audio.frames import RATE, Pcm
from audio.tts.hibari import Engine, Options

A_REPLY = 20_000
"""Bytes of a WAV file in which the hub has said something: more than its earcons."""


def pause(seconds: float) -> Pcm:
    return np.zeros(round(seconds * RATE), np.int16)


def spoken(text: str) -> Pcm:
    """By the hub's own voice, at 16 kHz."""
    voice = Engine(Options(), {})
    return converted(voice.speak(text), voice.rate, RATE)


def recorded(file: Path) -> Pcm:
    return np.concatenate([frame.pcm for frame in frames(file)])


def write(file: Path, *parts: Pcm) -> Path:
    """The parts one after another in one WAV file."""
    with WavSink(file) as sink:
        sink.play(np.concatenate(parts), RATE)
    return file


def hiss(length: float) -> Pcm:
    """Seconds of noise, as loud as speech."""
    noise = np.random.default_rng(1).normal(0.0, 1_500.0, round(length * RATE))
    return noise.astype(np.int16)
