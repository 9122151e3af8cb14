"""The ring against the plainest thing it could be: the whole stream, kept."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.ring import Ring


@given(
    size=st.integers(1, 40),
    lengths=st.lists(st.integers(0, 100), max_size=12),
    back=st.integers(-5, 120),
)
def test_holds_the_newest_samples(size: int, lengths: list[int], back: int) -> None:
    stream = np.arange(sum(lengths), dtype=np.int16)
    ring, at = Ring(size), 0
    for length in lengths:
        ring.add(stream[at : at + length])
        at += length
    start = ring.end - back
    expected = stream[max(start, len(stream) - size, 0) :]
    assert ring.end == len(stream)
    assert ring.since(start).tolist() == expected.tolist()


def test_restart_forgets_and_counts_from_there() -> None:
    ring = Ring(10)
    ring.add(np.arange(10, dtype=np.int16))
    ring.restart(1000)
    assert len(ring.since(0)) == 0
    ring.add(np.array([7], np.int16))
    assert ring.end == 1001
    assert ring.since(0).tolist() == [7]


def test_what_it_returns_is_a_copy() -> None:
    ring = Ring(2)
    ring.add(np.array([1, 2], np.int16))
    taken = ring.since(0)
    ring.add(np.array([3, 4], np.int16))
    assert taken.tolist() == [1, 2]
