"""The sensitivity that is proposed makes the fewest errors, and none where none need be made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.frames import samples
from audio.near_misses import Passage
from hub.tuning import ENOUGH, HIGHEST, LOWEST, Turn, marked, propose

SCORES = st.lists(st.floats(0, 1), max_size=20)
WORDS = st.lists(st.floats(LOWEST, 1), min_size=ENOUGH, max_size=20)


def errors(threshold: float, words: list[float], others: list[float]) -> int:
    return sum(word < threshold for word in words) + sum(other >= threshold for other in others)


@given(WORDS, SCORES)
def test_no_threshold_that_can_be_set_makes_fewer_errors(
    words: list[float], others: list[float]
) -> None:
    proposal = propose(words, others)
    assert proposal is not None
    assert LOWEST <= proposal.threshold <= HIGHEST
    assert proposal.missed + proposal.waking == errors(proposal.threshold, words, others)
    possible = [LOWEST, HIGHEST, *(s for s in words + others if LOWEST <= s <= HIGHEST)]
    best = min(errors(threshold, words, others) for threshold in possible)
    if others:
        assert proposal.missed + proposal.waking == best
    assert proposal.sensitivity == pytest.approx(1 - proposal.threshold, abs=1e-5)


@given(WORDS, SCORES)
def test_more_room_on_one_side_is_not_bought_with_the_other(
    words: list[float], others: list[float]
) -> None:
    proposal = propose(words, [*others, 0.0])
    assert proposal is not None
    lowest, highest = min(words), max([*others, 0.0])
    if highest < LOWEST or lowest > HIGHEST or lowest - highest < 0.02:
        return
    below, above = proposal.threshold - highest, lowest - proposal.threshold
    assert below == pytest.approx(above, abs=0.011)


def test_clear_words_in_a_quiet_home_leave_the_threshold_in_the_middle() -> None:
    proposal = propose([0.98, 0.99, 1.0], [0.02, 0.0])
    assert proposal is not None
    assert (proposal.threshold, proposal.sensitivity) == (0.5, 0.5)
    assert not proposal.overlap


@pytest.mark.parametrize(
    ("words", "threshold"),
    [([0.99, 0.98, 1.0], 0.5), ([0.4, 0.9, 0.9], 0.35), ([0.12, 0.9, 0.95], 0.5)],
)
def test_of_a_home_that_was_not_recorded_the_least_is_assumed(
    words: list[float], threshold: float
) -> None:
    proposal = propose(words, [])
    assert proposal is not None
    assert proposal.threshold == threshold


def test_where_they_overlap_it_is_said_and_the_fewest_are_lost() -> None:
    proposal = propose([0.2, 0.8, 0.9, 0.95], [0.4, 0.3, 0.1])
    assert proposal is not None
    assert proposal.overlap
    assert (proposal.missed, proposal.waking, proposal.threshold) == (1, 0, 0.6)


@pytest.mark.parametrize("words", [[], [0.9, 0.9], [0.9, 0.9, 0.01, 0.04]])
def test_two_words_are_too_few(words: list[float]) -> None:
    assert propose(words, []) is None


def passage(second: float, peak: float, *, reached: bool) -> Passage:
    return Passage("alexa", samples(second), peak, reached=reached)


def test_what_followed_tells_what_a_passage_was() -> None:
    passages = (
        passage(10, 0.9, reached=True),  # a command followed
        passage(20, 0.6, reached=True),  # nothing followed
        passage(30, 0.7, reached=True),  # words that were not understood
        passage(40, 0.95, reached=True),  # said within a turn
        passage(50, 0.35, reached=False),  # said again at 53
        passage(53, 0.8, reached=True),
        passage(70, 0.4, reached=False),  # never said again
    )
    turns = (
        Turn("alexa", samples(10.2), "command"),
        Turn("alexa", samples(20.2), "nothing"),
        Turn("alexa", samples(30.2), "words"),
        Turn("alexa", samples(53.1), "command"),
        Turn("hey_jarvis", samples(71), "command"),
    )
    assert marked(passages, turns) == ((0.9, 0.35, 0.8), (0.6, 0.4))
    assert marked((), turns) == ((), ())


def test_a_near_miss_that_only_silence_followed_was_not_the_word() -> None:
    passages = (passage(5, 0.4, reached=False),)
    assert marked(passages, (Turn("alexa", samples(8), "nothing"),)) == ((), (0.4,))
    assert marked(passages, (Turn("alexa", samples(8), "command"),)) == ((0.4,), ())
    assert marked(passages, (Turn("alexa", samples(12), "command"),)) == ((), (0.4,))
