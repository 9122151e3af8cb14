"""The hub's own wake word is known as such, for as long as its echo may come; a reply is not."""

import numpy as np

from audio.frames import RATE, Pcm
from audio.own_voice import Options, OwnVoice
from audio.tts import hibari
from audio.wake import openwakeword
from tests.audio.sound import quiet, spoken


def played(own: OwnVoice, hop: int, sound: Pcm) -> int:
    """The sample at which it ends."""
    whole = np.concatenate((quiet(1.6), sound, quiet(0.48)))
    for at in range(0, len(whole) - hop + 1, hop):
        own.hear(whole[at : at + hop], at + hop)
    return len(whole)


def test_its_own_wake_word_is_known_until_the_echo_has_died(
    voice: hibari.Engine, wake: openwakeword.Engine
) -> None:
    own = OwnVoice(wake, Options())
    end = played(own, wake.hop, spoken(voice, "Just say hey Jarvis."))
    assert own.said("hey_jarvis", end)
    assert not own.said("alexa", end)
    assert not own.said("hey_jarvis", end + 3 * RATE)


def test_a_reply_does_not_make_the_hub_deaf(
    voice: hibari.Engine, wake: openwakeword.Engine
) -> None:
    own = OwnVoice(wake, Options())
    end = played(own, wake.hop, spoken(voice, "The kitchen light is on."))
    assert not any(own.said("hey_jarvis", at) for at in range(0, end, wake.hop))
