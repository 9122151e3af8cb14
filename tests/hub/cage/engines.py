"""Real engines and devices behind the seal: `... OUT ROLE hear WAV | speak | record | play WAV`.

Run by `isolated`. Each report is one JSON line to descriptor OUT.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from audio.frames import RATE, Frame
from audio.microphone import Microphone
from audio.speaker import Speaker
from audio.tts.hibari import Engine, Options
from hub.cage.escapes import try_all
from hub.cage.rules import Role
from hub.cage.seal import seal
from hub.ears import make_hearing
from hub.homes.demo import demo_home
from hub.messages import Heard
from hub.settings import EngineChoice, Hear
from hub.shelf.shelf import open_shelf
from tests.hub.recordings import recorded

SECONDS = 6.0
Report = dict[str, object]


def sealed(role: Role) -> Report:
    result = seal(role)
    return {
        "level": result.level,
        "threads": result.facts.threads,
        "escaped": [escape.name for escape in try_all(role)],
    }


def hear(role: Role, wav: str) -> Iterator[Report]:
    """Two homes, one after the other, both learnt and heard behind the seal."""
    settings = Hear(
        wake=EngineChoice(engine="openwakeword"),
        vad=EngineChoice(engine="silero"),
        asr=EngineChoice(engine="whisper"),
    )
    hearing = make_hearing(settings, open_shelf())
    sound, home = recorded(Path(wav)), demo_home()
    yield sealed(role)
    for each in (home, replace(home, entities=home.entities[:12])):
        hearing.learn(each)
        reports = [report for report in hearing.feed(Frame(sound, 0)) if isinstance(report, Heard)]
        yield {"intents": [report.wishes[0].intent for report in reports]}


def speak(role: Role) -> Iterator[Report]:
    voice = Engine(Options(), {})
    yield sealed(role)
    yield {"seconds": len(voice.speak("Sealed, Zbrkowitz, at 7:30 pm.")) / voice.rate}


def record(role: Role) -> Iterator[Report]:
    """The loudness of some seconds."""
    with Microphone() as microphone:
        yield sealed(role)
        parts = []
        for frame in microphone.frames():
            parts.append(frame.pcm)
            if frame.end >= SECONDS * RATE:
                break
        yield {"loudest": int(np.abs(np.concatenate(parts).astype(np.int32)).max())}


def play(role: Role, wav: str) -> Iterator[Report]:
    sound = recorded(Path(wav))
    with Speaker() as speaker:
        yield sealed(role)
        for _ in range(2):
            speaker.play(sound, RATE)


TASKS = {task.__name__: task for task in (hear, speak, record, play)}

if __name__ == "__main__":
    out, role, name, *rest = sys.argv[1:]
    for report in TASKS[name](Role(role), *rest):
        os.write(int(out), json.dumps(report).encode() + b"\n")
