"""Every byte once, in order, however it came."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.proof.packets import Packet, frame
from hub.proof.streams import Hole, streams
from tests.hub.proof.wire import talk


def read(frames: list[bytes]) -> list[Packet]:
    return [frame(each, len(each)) for each in frames]


@given(
    st.binary(min_size=1, max_size=400),
    st.integers(0, 2**32 - 1),
    st.integers(1, 50),
    st.randoms(use_true_random=False),
)
def test_again_and_out_of_order(data: bytes, first: int, step: int, chance: random.Random) -> None:
    syn, *pieces = read(talk(data, first=first, step=step))
    others = read(talk(data, first=first, step=step + 3))[1:]
    heard = [*pieces, *chance.sample(others, len(others) // 2), syn]
    chance.shuffle(heard)
    assert list(streams(heard).values()) == [data]


def test_two_connections_stay_apart() -> None:
    one, other = talk(b"one"), talk(b"other", source=40_001)
    mixed = [each for pair in zip(one, other, strict=True) for each in pair]
    assert sorted(streams(read(mixed)).values()) == [b"one", b"other"]


def test_missing_bytes_are_told() -> None:
    heard = read(talk(b"a" * 300))
    with pytest.raises(Hole, match="lacks bytes"):
        streams([*heard[:2], *heard[3:]])
    with pytest.raises(Hole, match="began before"):
        streams(heard[1:])
