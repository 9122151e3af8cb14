"""The parts of the bench that could make its figures wrong: mixing, choosing, a peer's grammar."""

import numpy as np
import pytest

from bench.ears_sets import evenly, mixed
from bench.fsg import Fsg, home_fsg, spoken
from hub.homes.demo import demo_home

RNG = np.random.default_rng(1)
SPEECH = RNG.normal(0, 2000, 16_000).astype(np.int16)
NOISE = RNG.normal(0, 300, 5_000).astype(np.int16)


@pytest.mark.parametrize("decibels", [24, 12, 6])
def test_noise_lies_as_far_under_the_speech_as_is_said(decibels: int) -> None:
    under = mixed(SPEECH, NOISE, decibels).astype(float) - SPEECH
    ratio = np.mean(np.square(SPEECH.astype(float))) / np.mean(np.square(under))
    assert 10 * np.log10(ratio) == pytest.approx(decibels, abs=0.1)


def test_loud_sound_is_cut_off_and_does_not_wrap() -> None:
    loud = np.full(1_000, 32_767, np.int16)
    assert mixed(loud, np.full(10, 300, np.int16), 6).min() == 32_767


def test_recordings_are_chosen_from_all_of_the_set() -> None:
    assert evenly(range(10), 3) == [0, 3, 6]
    assert evenly(range(2), 3) == [0, 1]


def test_numbers_and_signs_are_written_as_they_are_said() -> None:
    assert spoken("Set it to 25%.") == ("set", "it", "to", "twenty", "five", "percent")


@pytest.mark.parametrize(
    ("sentence", "is_in"),
    [
        ("turn on the kitchen lights", True),
        ("set a timer for twenty five minutes", True),
        ("turn on the", False),
        ("the kitchen lights on turn", False),
    ],
)
def test_a_peer_may_hear_the_sentences_of_the_home_and_no_others(
    sentence: str, *, is_in: bool
) -> None:
    assert _accepts(home_fsg(demo_home(), None), sentence.split()) is is_in


def _accepts(fsg: Fsg, words: list[str]) -> bool:
    silent = [(arc[0], arc[1]) for arc in fsg.arcs if len(arc) == 3]
    places = _passed({0}, silent)
    for word in words:
        found = {a[1] for a in fsg.arcs if len(a) == 4 and a[0] in places and a[3] == word}
        places = _passed(found, silent)
    return fsg.end in places


def _passed(places: set[int], silent: list[tuple[int, int]]) -> set[int]:
    """With what is reached in silence; no way has more than two such steps."""
    for _ in range(2):
        places = places | {end for start, end in silent if start in places}
    return places
