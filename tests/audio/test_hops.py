"""Cutting a stream into hops loses and moves nothing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audio.hops import Hops


@given(st.integers(1, 50), st.lists(st.integers(1, 60), max_size=20))
def test_hops_joined_are_the_stream(size: int, lengths: list[int]) -> None:
    stream = np.arange(sum(lengths), dtype=np.int16)
    hops, taken, rest = Hops(size), [], stream
    for wanted in lengths:
        piece = rest[: min(wanted, hops.room)]
        rest = rest[len(piece) :]
        hop = hops.add(piece)
        if hop is not None:
            taken.append(hop)
    heard = len(stream) - len(rest)
    assert [len(hop) for hop in taken] == [size] * (heard // size)
    assert [int(x) for hop in taken for x in hop] == list(range(heard // size * size))
