"""Open set: who enrolled is known, strangers are nobody, and "that is not me" only takes away."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vision.engines import Embedding
from vision.gallery import MARGIN, Gallery, gallery


def face(seed: int) -> Embedding:
    """Two of different seeds are about as unlike as strangers are."""
    vector = np.random.default_rng(seed).normal(size=128).astype(np.float32)
    return vector / np.float32(np.linalg.norm(vector))


def near(one: Embedding, other: Embedding, cosine: float) -> Embedding:
    """As like `one` as the cosine tells, in the direction of `other`."""
    aside = other - one * float(one @ other)
    aside /= np.float32(np.linalg.norm(aside))
    made: Embedding = (cosine * one + np.sqrt(1 - cosine**2) * aside).astype(np.float32)
    return made


def enrolled(people: dict[str, list[int]], others: Sequence[Embedding] = ()) -> Gallery:
    """`others`: who is not Ada."""
    return gallery(
        {
            name: ([face(seed) for seed in seeds], others if name == "Ada" else ())
            for name, seeds in people.items()
        }
    )


homes = st.lists(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=4, unique=True), min_size=1, max_size=5
).filter(lambda seeds: len({s for each in seeds for s in each}) == sum(map(len, seeds)))


@given(homes)
def test_an_enrolled_face_is_its_owners(seeds: list[list[int]]) -> None:
    people = {f"person {n}": each for n, each in enumerate(seeds)}
    known = enrolled(people)
    for name, each in people.items():
        assert {known.who(face(seed)) for seed in each} == {name}


@given(homes, st.integers(20_000, 30_000))
def test_a_stranger_is_nobody(seeds: list[list[int]], stranger: int) -> None:
    assert enrolled({str(n): each for n, each in enumerate(seeds)}).who(face(stranger)) is None


@given(
    st.lists(st.floats(-1, 1), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 3), st.floats(0.3, 1)), max_size=4),
    st.tuples(st.sampled_from((1, 2)), st.floats(0.3, 1)),
)
def test_what_is_not_me_never_lets_anybody_else_in(
    noise: list[float], refused: list[tuple[int, float]], seen: tuple[int, float]
) -> None:
    """Whoever is named with more "not me" is named the same with less."""
    probe = near(face(seen[0]), face(40 + len(noise)), seen[1])
    others = [near(face(1), face(60 + n), cosine) for n, cosine in refused]
    counted = range(len(others) + 1)
    names = [enrolled({"Ada": [1], "Bob": [2]}, others[:n]).who(probe) for n in counted]
    for before, after in pairwise(names):
        assert after in (before, None)


def test_what_is_near_to_a_face_that_is_not_mine_is_not_mine() -> None:
    brother = near(face(1), face(5), 0.7)
    assert enrolled({"Ada": [1]}).who(brother) == "Ada"
    known = enrolled({"Ada": [1]}, [brother])
    assert known.who(brother) is None
    assert known.who(near(brother, face(8), 0.9)) is None
    assert known.who(face(1)) == "Ada"


def test_between_two_who_are_as_near_it_is_nobody() -> None:
    one, other = face(1), near(face(1), face(2), 0.9)
    known = gallery({"Ada": ([one], ()), "Bob": ([other], ())})
    middle = one + other
    assert known.who(middle / np.float32(np.linalg.norm(middle))) is None
    assert known.who(one) == "Ada"


@given(st.floats(-1, 1), st.integers(1, 30))
def test_only_above_the_threshold(cosine: float, people: int) -> None:
    known = enrolled({"Ada": [1], **{str(n): [n + 1] for n in range(1, people)}})
    assume(abs(cosine - known.threshold) > 1e-3)
    probe = near(face(1), face(99), cosine)
    if known.who(probe) == "Ada":
        assert cosine > known.threshold
    elif cosine > known.threshold:
        nearest = max(float(probe @ face(n + 1)) for n in range(1, people))
        assert cosine - nearest < MARGIN + 1e-3


def test_more_people_make_it_stricter_and_the_estimate_says_so() -> None:
    alone, many = enrolled({"Ada": [1]}), enrolled({str(n): [n] for n in range(20)})
    assert many.threshold > alone.threshold
    assert many.mistaken("3") < alone.mistaken("Ada") < 2e-3
    assert many.mistaken("3") * 20 == pytest.approx(2e-3)


def test_who_looks_like_another_is_told_in_the_estimate() -> None:
    alike = gallery({"Ada": ([face(1)], ()), "Bob": ([near(face(1), face(2), 0.9)], ())})
    assert alike.mistaken("Ada") == 1.0


def test_nobody_enrolled_is_nobody_known() -> None:
    assert gallery({"Ada": ((), ())}).people == ()
    assert gallery({}).who(face(1)) is None
    assert "0." not in repr(enrolled({"Ada": [1]}))
