"""The hub's own voice in simulated rooms: how much echo goes, what wakes, and what that costs.

`python -m bench.room`. A room is noise that dies away after a direct sound: no furniture, no small
loudspeaker that distorts, so a real room is harder. Then the same through `OwnSound`, as senses
hears: two replies, each with a delay of its own.
"""

import os
import time
from collections.abc import Callable

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
from numpy.typing import NDArray

from audio.echo import BLOCK, Canceller, Options
from audio.frames import RATE, Frame, Pcm, samples, seconds
from audio.own_sound import OwnSound
from audio.own_voice import Options as OwnVoiceOptions
from audio.own_voice import OwnVoice
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


def through(own: OwnSound, heard: Pcm, plays: dict[int, Pcm], hop: int) -> tuple[Pcm, float]:
    """`plays`: at which sample each begins. What is left, and the milliseconds a hop took."""
    cleaned, piece = [], samples(0.02)
    took = time.process_time()
    for at in range(0, len(heard) - hop + 1, hop):
        for begins, pcm in plays.items():
            for told in range(0, len(pcm), piece):
                if at <= begins + told < at + hop:
                    own.play(pcm[told : told + piece], begins + told, new=told == 0)
        cleaned.append(own.clean(Frame(heard[at : at + hop], at)).pcm)
    took = time.process_time() - took
    return np.concatenate(cleaned), took / (len(heard) // hop) * 1000


def as_senses_hears(wake: openwakeword.Engine, make: Callable[[], OwnSound], reply: Pcm) -> None:
    somebody = spoken(hibari.Engine(hibari.Options(), {}), "Hey Jarvis.")
    first, second = samples(1), samples(2) + len(reply)
    for dying, delay in ((0.05, 0.05), (0.1, 0.05), (0.2, 0.05), (0.4, 0.05)):
        late, later = (np.zeros(second + len(reply) + samples(1), np.int16) for _ in range(2))
        late[first : first + len(reply)] = later[second : second + len(reply)] = reply
        heard = heard_in(room(dying, delay), late) + heard_in(room(dying, delay + 0.04), later)
        call = second + samples(4)
        with_call = heard.copy()
        with_call[call : call + len(somebody)] += somebody // 8
        left, cost = through(make(), heard, {first: reply, second: reply}, wake.hop)
        called, _ = through(make(), with_call, {first: reply, second: reply}, wake.hop)
        gone = [
            decibels(heard[at : at + RATE]) - decibels(left[at : at + RATE])
            for at in (first + samples(1), first + samples(5), second + samples(1))
        ]
        around = slice(call - RATE // 2, call + len(somebody) + RATE // 2)
        scores = score(wake, with_call[around]), score(wake, called[around])
        print(f"{dying:.2f} s: {', '.join(f'{each:.1f}' for each in gone)} dB, called", end=" ")
        print(f"{scores[0]:.2f} -> {scores[1]:.2f}, {cost:.2f} ms a hop")
    silence = np.zeros(60 * RATE, np.int16)
    print(f"while nothing is played: {through(make(), silence, {}, wake.hop)[1]:.4f} ms a hop")


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
    print("As senses hears it: 1 s and 5 s into a reply, 1 s into the next; called over that.")

    def make() -> OwnSound:
        ear = openwakeword.Engine(options, shelf(folder, openwakeword.files(options)))
        return OwnSound(Canceller(Options()), OwnVoice(ear, OwnVoiceOptions()))

    as_senses_hears(wake, make, reply)


if __name__ == "__main__":
    main()
