"""One voice at several ears, two voices at once: whose turn it is."""

import numpy as np
import pytest

from audio.frames import RATE, Pcm
from hub.settling import WINDOW, Claim, Settling, levels
from tests.hub.recordings import pause, spoken

NEAR, FAR = 4_000 / 4_000, 0.2


@pytest.fixture(scope="module")
def jarvis() -> Pcm:
    return np.concatenate((pause(0.5), spoken("Hey Jarvis"), pause(0.2)))


@pytest.fixture(scope="module")
def mycroft() -> Pcm:
    return np.concatenate((pause(0.5), spoken("So hey there, Mycroft!"), pause(0.2)))


def claim(
    ear: str, sound: Pcm, *, gain: float = 1.0, later: float = 0.0, decided: int = 0
) -> Claim:
    """`later`: seconds on the way to this ear; `decided`: samples after the end of the sound."""
    noise = np.random.default_rng(len(ear)).normal(0, 30, len(sound) + decided)
    heard = noise + np.concatenate((sound * gain, np.zeros(decided)))
    pcm = heard.astype(np.int16)[-WINDOW:]
    return Claim(ear, 100.0 + later + decided / RATE, levels(pcm))


def test_the_first_claims_at_once_and_the_farther_does_not_begin(jarvis: Pcm) -> None:
    settling = Settling()
    assert settling.claim(claim("kitchen", jarvis), 100.0).begins
    late = settling.claim(claim("hall", jarvis, gain=FAR, later=0.02, decided=1_280), 100.1)
    assert not late.begins
    assert late.leaves is None


def test_the_nearer_takes_the_turn_over(jarvis: Pcm) -> None:
    settling = Settling()
    assert settling.claim(claim("hall", jarvis, gain=FAR, later=0.02), 100.0).begins
    near = settling.claim(claim("kitchen", jarvis, decided=1_280), 100.1)
    assert near.begins
    assert near.leaves == "hall"


def test_not_when_the_turn_has_gone_on(jarvis: Pcm) -> None:
    settling = Settling()
    settling.claim(claim("hall", jarvis, gain=FAR, later=0.02), 100.0)
    assert not settling.claim(claim("kitchen", jarvis, decided=1_280), 100.8).begins


def test_of_three_one_answers(jarvis: Pcm) -> None:
    settling = Settling()
    found = [
        settling.claim(claim("hall", jarvis, gain=FAR, later=0.02), 100.0),
        settling.claim(claim("kitchen", jarvis, decided=1_280), 100.1),
        settling.claim(claim("bath", jarvis, gain=0.1, later=0.03, decided=1_280), 100.15),
    ]
    assert [each.begins for each in found] == [True, True, False]


def test_two_people_at_once_are_both_heard(jarvis: Pcm, mycroft: Pcm) -> None:
    settling = Settling()
    assert settling.claim(claim("kitchen", jarvis), 100.0).begins
    other = settling.claim(claim("office", mycroft, later=0.8), 100.8)
    assert other.begins
    assert other.leaves is None


def test_the_same_words_again_are_another_turn(jarvis: Pcm) -> None:
    settling = Settling()
    settling.claim(claim("kitchen", jarvis), 100.0)
    again = claim("hall", jarvis, later=5.0)
    assert settling.claim(again, 105.0).begins


def test_a_satellite_that_heard_it_by_itself_is_settled_by_time_alone() -> None:
    settling = Settling()
    nothing = np.zeros(0)
    assert settling.claim(Claim("one", 100.0, nothing), 100.0).begins
    assert not settling.claim(Claim("other", 100.2, nothing), 100.2).begins
    assert settling.claim(Claim("other", 103.0, nothing), 103.0).begins


def test_silence_is_like_nothing() -> None:
    settling = Settling()
    quiet = levels(np.zeros(WINDOW, np.int16))
    assert settling.claim(Claim("one", 100.0, quiet), 100.0).begins
    assert settling.claim(Claim("other", 100.0, quiet), 100.0).begins
