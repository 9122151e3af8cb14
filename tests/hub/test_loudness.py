"""How loud it is: steps that follow the level, said only while somebody asks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.frames import RATE, Pcm
from hub.fields import LOUDNESS
from hub.loudness import Loudness, step

FULL = 32_767.0
LEVELS = st.floats(-90.0, 0.0)


def tone(level: float, length: float = 1.0) -> Pcm:
    """`level`: decibels of full scale, of its mean square; `length`: seconds."""
    moments = np.arange(round(length * RATE)) / RATE
    peak = min(1.0, 2**0.5 * 10 ** (level / 20))
    wave: Pcm = (FULL * peak * np.sin(2 * np.pi * 440 * moments)).astype(np.int16)
    return wave


def steps(meter: Loudness, sound: Pcm, block: int = RATE // 20) -> list[int]:
    pieces = [sound[at : at + block] for at in range(0, len(sound), block)]
    return [told.step for piece in pieces for told in meter.feed(piece)]


def test_silence_a_talk_and_a_shout() -> None:
    for level, expected in ((-90, 0), (-60, 0), (-50, 1), (-40, 2), (-30, 4), (-20, 5), (-3, 5)):
        meter = Loudness()
        meter.want(1.0)
        assert set(steps(meter, tone(level))) == {expected}, level


def test_nothing_is_said_unasked_nor_for_longer_than_asked() -> None:
    meter = Loudness()
    assert steps(meter, tone(-20)) == []
    meter.want(2.0)
    assert len(steps(meter, tone(-20, 5.0))) == 8
    assert steps(meter, tone(-20, 5.0)) == []


@given(LEVELS, LEVELS)
def test_louder_is_never_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= step(power(low)) <= step(power(high)) < LOUDNESS


def power(level: float) -> float:
    return float((FULL * 10 ** (level / 20)) ** 2)


@given(st.integers(100, 8_000))
def test_at_most_four_a_second_however_sound_comes(block: int) -> None:
    meter = Loudness()
    meter.want(10.0)
    told = steps(meter, tone(-25, 4.0), block)
    measured = block * -(-4_000 // block)
    assert 0 <= len(told) - 4 * RATE // measured <= 1
    assert len(told) <= 16
