"""What the device tests run in a process of its own, as senses and mouth do: PortAudio reads the
list of devices once, when it is loaded.

    record SECONDS OUT.npy | drop | name NAME | play IN.wav | hush | late

Says "ready" when the device is open; the last line is "done ..." or an error's name and message.
"""

import sys
import time
from pathlib import Path

import numpy as np

from audio.frames import RATE
from audio.microphone import (
    Microphone,
    MicrophoneBusyError,
    MicrophoneLostError,
    NoMicrophoneError,
)
from audio.speaker import NoSpeakerError, Speaker
from tests.audio.sound import recording

ERRORS = (MicrophoneBusyError, MicrophoneLostError, NoMicrophoneError, NoSpeakerError)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def record(seconds: str, out: str) -> None:
    with Microphone() as microphone:
        say("ready")
        parts = []
        for frame in microphone.frames():
            parts.append(frame.pcm)
            if frame.end >= float(seconds) * RATE:
                break
    np.save(out, np.concatenate(parts))
    say(f"done {microphone.dropped}")


def drop() -> None:
    """Take nothing for 6 s, three times what the queue holds, then go on."""
    with Microphone() as microphone:
        say("ready")
        time.sleep(6)
        end = gap = 0
        for frame in microphone.frames():
            gap += frame.start - end
            end = frame.end
            if gap or end > 20 * RATE:
                break
    say(f"done {microphone.dropped} {gap} {end}")


def name(wanted: str) -> None:
    Microphone(wanted).close()


def play(wav: str) -> None:
    pcm = recording(Path(wav))
    with Speaker() as speaker:
        begun = time.monotonic()
        speaker.play(pcm, RATE)
        speaker.play(pcm[:1600], RATE)
        say(f"done {time.monotonic() - begun:.2f}")


def hush() -> None:
    """Five seconds of noise that are stopped after one, and then a second of it whole."""
    noise = np.random.default_rng(1).normal(0, 3_000, 5 * RATE).astype(np.int16)
    with Speaker() as speaker:
        speaker.play(noise, RATE, lambda seconds: seconds < 1)
        time.sleep(1)
        speaker.play(noise[:RATE], RATE)
        say("done")


def late() -> None:
    """Open the device only when told to."""
    say("ready")
    sys.stdin.readline()
    Microphone().close()


def main(words: list[str]) -> None:
    match words:
        case ["record", seconds, out]:
            record(seconds, out)
        case ["drop"]:
            drop()
        case ["name", wanted]:
            name(wanted)
        case ["play", wav]:
            play(wav)
        case ["hush"]:
            hush()
        case ["late"]:
            late()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ERRORS as error:
        say(f"{type(error).__name__}: {error}")
