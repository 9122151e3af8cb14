"""What senses does once it listens needs no file, no socket and no other program: a seal can close
behind it. A home that changes while it listens is learnt without them too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hub.recordings import pause, spoken, write

ROOT = Path(__file__).parents[2]

# An audit hook can never be removed again, so it lives in a process of its own.
PROGRAM = """
import sys
import numpy
from dataclasses import replace
from pathlib import Path
from hub.ears import make_hearing
from hub.homes.demo import demo_home
from hub.messages import Heard
from hub.pipes import encode
from hub.settings import EngineChoice, Hear
from hub.shelf.shelf import open_shelf
from audio.files import frames
from audio.frames import Frame

settings = Hear(
    wake=EngineChoice(engine="openwakeword"),
    vad=EngineChoice(engine="silero"),
    asr=EngineChoice(engine="whisper"),
)
hearing = make_hearing(settings, open_shelf())
sound = [frame.pcm for frame in frames(Path(sys.argv[1]))]
sound, home = numpy.concatenate(sound), demo_home()  # no more imports than senses itself has

def judge(event, arguments):
    if event.startswith(("open", "import", "socket", "subprocess", "os.")):
        sys.stdout.write(f"{event} {arguments[0]!r}\\n")

sys.addaudithook(judge)
for home in (home, replace(home, entities=home.entities[:12])):
    hearing.learn(home)
    for report in hearing.feed(Frame(sound, 0)):
        line = encode(report)
        if isinstance(report, Heard):
            sys.stdout.write(f"heard {report.wishes[0].intent}\\n")
"""


@pytest.mark.usefixtures("models")
def test_listening_opens_nothing(tmp_path: Path) -> None:
    sound = spoken("Hey Jarvis, set the living room lamp to thirty percent.")
    file = write(tmp_path / "command.wav", pause(1), sound, pause(2))
    child = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(file)],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert child.stdout == "heard HassLightSet\nheard HassLightSet\n"
