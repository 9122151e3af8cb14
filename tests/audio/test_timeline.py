"""Sound laid out in time: what was put is where it was put, everything else is silence."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.frames import samples
from audio.timeline import Timeline


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 50)), max_size=20),
    st.integers(0, 300),
    st.integers(0, 200),
)
def test_what_was_put_is_there(pieces: list[tuple[int, int]], start: int, count: int) -> None:
    line, expected = Timeline(), np.zeros(600, np.int16)
    for number, (at, length) in enumerate(pieces, 1):
        assert line.put(np.full(length, number, np.int16), at)
        expected[at : at + length] = number
    assert np.array_equal(line.between(start, start + count), expected[start : start + count])


@given(st.integers(-500, 500), st.integers(0, 2_000))
def test_all_of_it_can_move(by: int, now: int) -> None:
    line, tone = Timeline(), np.arange(1, 101, dtype=np.int16)
    line.go_to(1_000)
    line.put(tone, 1_200)
    line.move(by)
    line.go_to(1_000 + now)
    assert np.array_equal(line.between(1_200 + by, 1_300 + by), tone)


def test_a_second_later_it_is_forgotten_and_nothing_grows() -> None:
    line = Timeline()
    for at in range(0, samples(100), samples(0.5)):
        line.go_to(at)
        line.put(np.ones(samples(0.5), np.int16), at)
    assert not line.between(0, samples(98)).any()
    assert len(line._pcm) <= samples(2)


def test_what_cannot_be_right_is_left_out() -> None:
    line = Timeline()
    line.go_to(samples(10))
    assert not line.put(np.ones(10, np.int16), samples(8))
    assert not line.put(np.ones(10, np.int16), samples(16))
    assert not line.put(np.ones(10, np.int16), 10**30)


def test_a_stream_that_begins_again_is_another() -> None:
    line = Timeline()
    line.go_to(1_000)
    line.put(np.ones(10, np.int16), 1_000)
    line.go_to(0)
    assert not line.between(0, 2_000).any()
