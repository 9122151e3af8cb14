"""The hub's own voice goes, another voice stays, and nothing is touched while the hub is silent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.echo import BLOCK, Canceller, Options
from audio.frames import RATE, Pcm
from audio.tts import hibari
from audio.wake import openwakeword
from bench.room import decibels, heard_in, room, score
from tests.audio.sound import spoken

REPLY = "The kitchen light is on. Your timer for ten minutes has four minutes and a half left."


def blocks(pcm: Pcm) -> Pcm:
    return pcm[: len(pcm) // BLOCK * BLOCK]


@pytest.fixture(scope="module")
def reply(voice: hibari.Engine) -> Pcm:
    return blocks(np.tile(spoken(voice, REPLY), 2))


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.15])
def test_most_of_the_echo_goes_once_the_room_is_known(reply: Pcm, delay: float) -> None:
    heard = heard_in(room(0.1, delay), reply)
    cleaned = Canceller(Options()).clean(heard, reply)
    late = slice(len(reply) // 2, None)
    assert decibels(heard[late]) - decibels(cleaned[late]) > 15


def test_learning_does_not_make_the_echo_louder(reply: Pcm) -> None:
    heard = heard_in(room(0.2, 0.05), reply)
    cleaned = Canceller(Options()).clean(heard, reply)
    early = slice(0, RATE)
    assert decibels(cleaned[early]) < decibels(heard[early]) + 1


def test_a_wake_word_is_heard_over_the_reply_only_without_its_echo(
    reply: Pcm, voice: hibari.Engine, wake: openwakeword.Engine
) -> None:
    somebody, at = spoken(voice, "Hey Jarvis."), len(reply) // 2
    both = heard_in(room(0.2, 0.05), reply)
    both[at : at + len(somebody)] += somebody // 16
    cleaned = Canceller(Options()).clean(both, reply)
    around = slice(at - RATE // 2, at + len(somebody) + RATE // 2)
    assert score(wake, both[around]) < 0.5
    assert score(wake, cleaned[around]) > 0.5


@given(st.integers(0, 6), st.integers(0, 2**32 - 1))
def test_while_nothing_plays_every_sample_stays(count: int, seed: int) -> None:
    heard = np.random.default_rng(seed).integers(-32_768, 32_768, count * BLOCK).astype(np.int16)
    assert np.array_equal(Canceller(Options()).clean(heard, np.zeros_like(heard)), heard)


@given(st.lists(st.integers(1, 8), min_size=1, max_size=6))
def test_how_sound_is_cut_changes_nothing(counts: list[int]) -> None:
    sound = np.random.default_rng(5).normal(0, 3_000, (2, sum(counts) * BLOCK)).astype(np.int16)
    pieces, canceller, at = [], Canceller(Options()), 0
    for count in counts:
        end = at + count * BLOCK
        pieces.append(canceller.clean(sound[0, at:end], sound[1, at:end]))
        at = end
    whole = Canceller(Options()).clean(sound[0], sound[1])
    assert np.array_equal(np.concatenate(pieces), whole)


def test_the_loudest_sound_does_not_wrap() -> None:
    loud = np.tile(np.array([32_767, -32_768], np.int16), 64 * BLOCK)
    cleaned = Canceller(Options()).clean(loud, np.roll(loud, 1))
    assert decibels(cleaned[-RATE:]) < decibels(loud[-RATE:])


@pytest.mark.parametrize(("heard", "played"), [(BLOCK, 2 * BLOCK), (100, 100)])
def test_other_lengths_are_refused(heard: int, played: int) -> None:
    with pytest.raises(ValueError, match="whole blocks of 256"):
        Canceller(Options()).clean(np.zeros(heard, np.int16), np.zeros(played, np.int16))
