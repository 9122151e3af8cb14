"""An eye that falls behind says so, and one that is told to look less is not behind."""

from hypothesis import given
from hypothesis import strategies as st

from hub.eyes.pacing import Pacing


def told(looked: int, decoded: int = 50) -> int:
    pacing = Pacing(0.2)
    pacing.look(0.0, 0, 0)
    pacing.look(10.0, decoded, looked)
    return pacing.pace


def test_the_ladder() -> None:
    assert [told(n) for n in (50, 36, 34, 18, 17, 0)] == [0, 0, 1, 1, 2, 2]


def test_a_slow_camera_is_not_a_slow_eye() -> None:
    assert told(10, decoded=10) == 0
    assert told(0, decoded=0) == 0


def test_what_the_house_wants_comes_first() -> None:
    pacing = Pacing(0.2, asked=3)
    pacing.look(0.0, 0, 0)
    pacing.look(10.0, 250, 0)
    assert pacing.pace == 3
    pacing.asked = 0
    assert pacing.pace == 0


@given(st.integers(0, 500), st.integers(0, 500))
def test_more_done_is_never_a_lower_rung(one: int, other: int) -> None:
    assert told(max(one, other)) <= told(min(one, other))
