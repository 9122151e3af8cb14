"""Whatever comes in, the same sound comes out at 16 kHz mono."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.convert import Converter, Sound, converted
from audio.frames import RATE, Pcm

TONE = 440.0
SCALES = {"int16": 32767.0, "int32": 2147483647.0, "float32": 1.0}


def tone(rate: int, channels: int, kind: str, seconds: float = 1.0) -> Sound:
    """440 Hz at half of full scale."""
    wave = 0.5 * np.sin(2 * np.pi * TONE * np.arange(round(rate * seconds)) / rate)
    column = wave * 127 + 128 if kind == "uint8" else wave * SCALES[kind]
    sound: Sound = np.repeat(column[:, np.newaxis], channels, axis=1).astype(kind)
    return sound


def assert_is_the_tone(pcm: Pcm, seconds: float = 1.0) -> None:
    assert pcm.dtype == np.int16
    assert abs(len(pcm) / RATE - seconds) < 0.01
    middle = pcm[RATE // 10 : -RATE // 10].astype(float)
    assert np.abs(np.fft.rfft(middle, RATE)).argmax() == pytest.approx(TONE, abs=1)
    assert np.sqrt((middle**2).mean()) == pytest.approx(0.5 * 32767 / np.sqrt(2), rel=0.03)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("kind", ["int16", "int32", "float32", "uint8"])
def test_any_rate_channels_and_format(rate: int, channels: int, kind: str) -> None:
    assert_is_the_tone(converted(tone(rate, channels, kind), rate))


def test_mono_may_come_without_a_channel_axis() -> None:
    assert_is_the_tone(converted(tone(48_000, 1, "int16")[:, 0], 48_000))


def test_to_the_rate_of_a_loudspeaker_and_back() -> None:
    there = converted(tone(24_000, 1, "int16"), 24_000, 44_100)
    assert abs(len(there) - 44_100) < 400
    assert_is_the_tone(converted(there, 44_100))


def test_nothing_becomes_nothing() -> None:
    assert len(converted(np.zeros((0, 2), np.int16), 48_000)) == 0


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 3_000), min_size=1, max_size=20))
def test_a_stream_in_pieces_is_the_stream(lengths: list[int]) -> None:
    sound = tone(44_100, 2, "int16", 0.3)
    ends = [*np.cumsum(lengths), len(sound)]
    converter = Converter()
    parts = [converter.sound(sound[a:b], 44_100) for a, b in pairwise([0, *ends])]
    joined = np.concatenate((*parts, converter.rest()))
    assert np.array_equal(joined, converted(sound, 44_100))
