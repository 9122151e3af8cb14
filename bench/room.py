"""The hub's own voice in simulated rooms: how much echo goes, and what wakes.

`python -m bench.room`. A room is noise that dies away after a direct sound: no furniture, no small
loudspeaker that distorts, so a real room is harder.
"""

import os
import time

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
from numpy.typing import NDArray

from audio.echo import BLOCK, Canceller, Options
from audio.frames import RATE, Pcm, samples, seconds
from audio.tts import hibari
from audio.wake import openwakeword
from hub.shelf.shelf import models_folder
from tests.audio.sound import quiet, shelf, spoken

_REPLY = "The kitchen light is on. The front door is closed, and the washing machine is done. "
_OWN = "You can wake me: just say hey Jarvis, and then what you want."


def room(dying: float, delay: float) -> NDArray[np.float64]:
    """Impulse response of unit energy: `dying` seconds to -60 dB, `delay` seconds before it."""
    count = samples(dying)
    rng = np.random.default_rng(3)
    tail = rng.normal(0, 1, count) * 10 ** (-3 * np.arange(count) / count)
    tail[0] = 2 * np.abs(tail).max()
    return np.concatenate((np.zeros(samples(delay)), tail / np.sqrt((tail**2).sum())))


def heard_in(response: NDArray[np.float64], played: Pcm) -> Pcm:
    """At half amplitude, over noise of 10 steps."""
    noise = np.random.default_rng(1).normal(0, 10, len(played))
    echo = np.convolve(played, response)[: len(played)] / 2
    return np.clip(echo + noise, -32_768, 32_767).astype(np.int16)


def decibels(pcm: NDArray[np.int16] | NDArray[np.float64]) -> float:
    return float(10 * np.log10((pcm.astype(float) ** 2).mean() + 1e-9))


def score(wake: openwakeword.Engine, pcm: Pcm) -> float:
    """The highest of "hey jarvis"."""
    wake.reset()
    sound = np.concatenate((quiet(1.5), pcm, quiet(1.0)))
    hops = range(0, len(sound) - wake.hop + 1, wake.hop)
    return max(wake.scores(sound[at : at + wake.hop])["hey_jarvis"] for at in hops)


def main() -> None:
    voice = hibari.Engine(hibari.Options(), {})
    options = openwakeword.Options(words=("hey_jarvis",))
    folder = models_folder(os.environ)
    wake = openwakeword.Engine(options, shelf(folder, openwakeword.files(options)))
    reply, own = spoken(voice, _REPLY * 2), spoken(voice, _OWN)
    played = np.concatenate((reply, own))
    played = played[: len(played) // BLOCK * BLOCK]
    print(f'"hey jarvis" said by the hub, in what it plays: {score(wake, own):.2f}')
    for dying, delay in ((0.05, 0.05), (0.1, 0.05), (0.2, 0.05), (0.2, 0.15)):
        heard = heard_in(room(dying, delay), played)
        began = time.perf_counter()
        cleaned = Canceller(Options()).clean(heard, played)
        cost = (time.perf_counter() - began) / seconds(len(played)) * 80
        known = slice(len(reply) - 3 * RATE, len(reply))
        erle = decibels(heard[known]) - decibels(cleaned[known])
        before, after = (score(wake, sound[len(reply) :]) for sound in (heard, cleaned))
        print(f"{dying:.2f} s, delay {delay:.2f} s: {erle:.1f} dB, own word", end=" ")
        print(f"{before:.2f} -> {after:.2f}, {cost:.2f} ms a hop of 80 ms")


if __name__ == "__main__":
    main()
