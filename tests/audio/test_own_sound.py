"""What the hub plays is found in what it hears and taken out, whatever delay each sound has."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.delay import delay
from audio.echo import Canceller
from audio.echo import Options as EchoOptions
from audio.frames import RATE, Frame, Pcm, samples
from audio.own_sound import OwnSound
from audio.own_voice import Options, OwnVoice
from audio.tts import hibari
from audio.wake import openwakeword
from bench.room import decibels, heard_in, room
from tests.audio.sound import cut, quiet, spoken

REPLY = "The kitchen light is on. Your timer for ten minutes has four minutes and a half left."
PIECE = 320


@pytest.fixture(scope="module")
def reply(voice: hibari.Engine) -> Pcm:
    return np.tile(spoken(voice, REPLY), 2)


@pytest.fixture
def own(wake: openwakeword.Engine) -> OwnSound:
    return OwnSound(Canceller(EchoOptions()), OwnVoice(wake, Options()))


def hear(own: OwnSound, sound: Pcm, plays: dict[int, Pcm], step: int = 1_280) -> Pcm:
    """`plays`: at which sample each is played; told .15 s ahead, as a loudspeaker's buffer asks."""
    told = dict.fromkeys(plays, 0)
    cleaned = []
    for frame in cut(sound, [step] * (len(sound) // step)):
        for at, pcm in plays.items():
            ahead = min(len(pcm), frame.end + samples(0.15) - at) if at <= frame.end else 0
            while told[at] < ahead:
                own.play(pcm[told[at] : told[at] + PIECE], at + told[at], new=told[at] == 0)
                told[at] += PIECE
        cleaned.append(own.clean(frame))
    starts = [frame.start for frame in cleaned]
    assert starts == [0, *(frame.end for frame in cleaned[:-1])]
    return np.concatenate([frame.pcm for frame in cleaned])


@pytest.mark.parametrize("dying", [0.05, 0.2])
def test_the_second_reply_is_gone_at_once_though_its_delay_is_another(
    own: OwnSound, reply: Pcm, dying: float
) -> None:
    first, second = samples(1), samples(3) + len(reply)
    end = second + len(reply) + samples(1)
    late, later = np.zeros(end, np.int16), np.zeros(end, np.int16)
    late[first : first + len(reply)] = reply
    later[second : second + len(reply)] = reply
    heard = heard_in(room(dying, 0.03), late) + heard_in(room(dying, 0.08), later)
    cleaned = hear(own, heard, {first: reply, second: reply})
    for begin, gone in ((first + samples(6), 15), (second + samples(1.5), 12)):
        part = slice(begin, begin + samples(3))
        assert decibels(heard[part]) - decibels(cleaned[part]) > gone


def test_what_is_not_heard_is_not_taken_out(
    own: OwnSound, reply: Pcm, voice: hibari.Engine
) -> None:
    """Headphones, or a loudspeaker that is off: somebody speaks, and next to nothing changes."""
    somebody = np.tile(spoken(voice, "Close the blinds in the hall, and then play music."), 3)
    cleaned = hear(own, somebody, {samples(0.5): reply})
    changed = somebody[: len(cleaned)].astype(float) - cleaned
    assert decibels(somebody) - decibels(changed) > 8


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 3_000), min_size=1, max_size=20))
def test_while_nothing_plays_every_frame_passes_as_it_is(lengths: list[int]) -> None:
    own = OwnSound(Canceller(EchoOptions()), OwnVoice(Silent(), Options()))
    noise = np.random.default_rng(1).integers(-9_000, 9_000, 40_000).astype(np.int16)
    for frame in cut(noise, lengths):
        assert own.clean(frame) is not None
        assert np.array_equal(own.clean(Frame(frame.pcm, frame.start)).pcm, frame.pcm)


def test_lost_sound_does_not_stop_it(own: OwnSound, reply: Pcm) -> None:
    own.play(reply[:PIECE], 0, new=True)
    before = own.clean(Frame(reply[:1_000], 0))
    after = own.clean(Frame(reply[:1_000], 50_000))
    assert before.end <= 1_000
    assert after.start == 50_000


def test_its_own_wake_word_is_known(own: OwnSound, voice: hibari.Engine) -> None:
    word = spoken(voice, "Just say hey Jarvis.")
    sound = np.concatenate((quiet(1), word, quiet(1)))
    hear(own, sound, {samples(1): word})
    assert own.said("hey_jarvis", len(sound))
    assert not own.said("alexa", len(sound))


@pytest.mark.parametrize("late", [0, 333, 4_000])
def test_the_delay_is_found_to_the_sample_though_somebody_speaks(
    reply: Pcm, voice: hibari.Engine, late: int
) -> None:
    played = reply[RATE : 2 * RATE]
    heard = np.concatenate((np.zeros(late, np.int16), played))[:RATE] // 2
    somebody = spoken(voice, "Turn on the light in the hall, please.")[RATE // 2 :][:RATE]
    found, wrong = (delay(played, each, samples(0.4)) for each in (heard + somebody // 2, somebody))
    assert found is not None
    assert wrong is not None
    assert found.samples == late
    assert found.clarity > 20 > wrong.clarity
    assert delay(played, np.zeros(RATE, np.int16), samples(0.4)) is None


class Silent:
    hop = 1_280
    words: Sequence[str] = ("hey_jarvis",)

    def scores(self, pcm: Pcm) -> dict[str, float]:
        raise AssertionError("Nothing is played, so nothing is listened to.")

    def reset(self) -> None: ...
