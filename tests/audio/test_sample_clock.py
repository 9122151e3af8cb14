"""A moment's sample, however late the blocks come and however wrong the sound card's clock is."""

import random

import pytest

from audio.frames import RATE
from audio.sample_clock import SampleClock


@pytest.mark.parametrize("wrong", [1.0, 1.0002, 0.9998])
def test_late_blocks_and_a_slow_card_do_not_matter(wrong: float) -> None:
    """An hour; the promptest of ten seconds comes .01 s late, others up to .15 s."""
    source, clock, block = random.Random(1), SampleClock(), 1_280
    for count in range(1, 45_000):
        heard = 100.0 + count * block / RATE * wrong
        late = 0.01 if count % 50 == 0 else source.uniform(0.01, 0.15)
        clock.arrived(count * block, heard + late)
    moment = 100.0 + 44_990 * block / RATE * wrong
    assert clock.sample_at(moment) == pytest.approx(44_990 * block - 0.01 * RATE, abs=0.003 * RATE)


def test_before_anything_was_heard() -> None:
    assert SampleClock().sample_at(1e9) == 0
