"""What the device tests run in a process of its own, as senses and mouth do: PortAudio reads the
list of devices once, when it is loaded.

    record SECONDS OUT.npy | drop | name NAME | play IN.wav | late

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
    print(line, flush=True)


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
    """Take nothing for 3 s, then go on."""
    with Microphone() as microphone:
        say("ready")
        time.sleep(3)
        end = gap = 0
        for frame in microphone.frames():
            gap += frame.start - end
            end = frame.end
            if gap:
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


def late() -> None:
    """Open the device only when told to."""
    say("ready")
    sys.stdin.readline()
    Microphone().close()


if __name__ == "__main__":
    task = {"record": record, "drop": drop, "name": name, "play": play, "late": late}
    try:
        task[sys.argv[1]](*sys.argv[2:])
    except ERRORS as error:
        say(f"{type(error).__name__}: {error}")
