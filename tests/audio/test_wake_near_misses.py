"""What was nearly a wake word is counted once, and never what woke."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.frames import samples
from audio.near_misses import PASSAGE, REACH, NearMisses, Passage

HOP = 1_280
HOPS = PASSAGE // HOP
"""Hops that fit in a passage."""


def hear(scores: list[float], threshold: float = 0.5) -> tuple[NearMisses, list[Passage]]:
    misses = NearMisses()
    heard = [
        misses.hear("alexa", score, threshold, number * HOP) for number, score in enumerate(scores)
    ]
    return misses, [miss for miss in heard if miss]


def quiet(hops: int = 2 * HOPS) -> list[float]:
    return [0.0] * hops


def test_a_peak_in_reach_is_one_near_miss_however_its_scores_go() -> None:
    misses, heard = hear([0.1, 0.3, 0.2, 0.45, 0.4, 0.1, 0.35, *quiet()])
    assert heard == [Passage("alexa", HOP, 0.45)]
    assert misses.counts == {"alexa": 1}


def test_what_woke_is_none_neither_on_its_way_up_nor_down() -> None:
    assert hear([0.31, 0.4, 0.5, 0.4, 0.31, *quiet()])[1] == []


def test_what_stays_out_of_reach_is_none() -> None:
    assert hear([REACH - 0.001] * 100)[1] == []


def test_the_next_passage_counts_again() -> None:
    peak = [0.4, *quiet(HOPS)]
    assert hear(peak * 3 + quiet())[0].counts == {"alexa": 3}


def test_words_are_counted_apart() -> None:
    misses = NearMisses()
    for number in range(2 * HOPS):
        misses.hear("alexa", 0.4 if number == 0 else 0.0, 0.5, number * HOP)
        misses.hear("hey_jarvis", 0.9 if number == 3 else 0.3, 0.95, number * HOP)
    assert misses.counts == {"alexa": 1, "hey_jarvis": 1}


def test_a_passage_with_a_gap_in_it_is_forgotten() -> None:
    misses = NearMisses()
    misses.hear("alexa", 0.4, 0.5, 0)
    misses.lose()
    assert misses.hear("alexa", 0.0, 0.5, samples(3.0)) is None
    assert misses.counts == {}


@given(
    st.lists(st.floats(0, 1), max_size=200).map(lambda scores: [*scores, *quiet()]),
    st.floats(0.05, 1),
)
def test_near_misses_never_overlap_and_lie_between_reach_and_threshold(
    scores: list[float], threshold: float
) -> None:
    misses, heard = hear(scores, threshold)
    assert misses.counts.total() == len(heard)
    starts = [miss.at for miss in heard]
    assert all(later - one >= PASSAGE for one, later in pairwise(starts))
    for miss in heard:
        at = miss.at // HOP
        assert REACH <= scores[at] <= miss.peak < threshold
        assert miss.peak == max(scores[at : at + HOPS])


def test_passages_are_remembered_with_what_was_seen_at_their_peak() -> None:
    misses = NearMisses()
    for number, score in enumerate([0.4, 0.6, 0.45, *quiet(HOPS), 0.35, *quiet(HOPS)]):
        seen = np.full((16, 96), score, np.float32)
        misses.hear("alexa", score, 0.5, number * HOP, seen.copy)
    woke, near = misses.passages
    assert (woke.peak, woke.reached, near.peak, near.reached) == (0.6, True, 0.35, False)
    assert woke.window is not None
    assert float(woke.window[0, 0]) == pytest.approx(0.6)
    assert "window" not in repr(woke)


def test_a_sensitive_ear_remembers_what_woke_it_below_reach() -> None:
    misses = NearMisses()
    for number, score in enumerate([0.15, *quiet()]):
        misses.hear("alexa", score, 0.1, number * HOP)
    assert [(each.peak, each.reached) for each in misses.passages] == [(0.15, True)]
    assert misses.counts == {}


def test_only_the_last_passages_are_remembered() -> None:
    misses = NearMisses()
    for number in range(100):
        misses.hear("alexa", 0.3 + number / 1000, 0.9, number * PASSAGE)
    assert len(misses.passages) == 64
    assert misses.passages[-1].peak == pytest.approx(0.3 + 98 / 1000)
    assert misses.counts == {"alexa": 99}
