"""Engines have all they need once they are made: a sealed process opens nothing later."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# An audit hook can never be removed again, so it lives in a process of its own.
PROGRAM = """
import sys
from pathlib import Path
from audio.asr import whisper
from audio.convert import converted
from audio.tts import hibari
from audio.vad import silero
from audio.wake import openwakeword

def made(module, options):
    names = module.files(options)
    return module.Engine(options, {name: Path(sys.argv[1], name).read_bytes() for name in names})

voice = made(hibari, hibari.Options())
wake = made(openwakeword, openwakeword.Options())
vad = made(silero, silero.Options())
asr = made(whisper, whisper.Options())

def judge(event, arguments):
    if event.startswith(("open", "import", "socket", "subprocess", "os.")):
        sys.stdout.write(f"{event} {arguments[0]!r}\\n")

sys.addaudithook(judge)
speech = voice.speak("Hey Jarvis, Zbrkowitz wants 23.5 degrees at 7:30 pm, for $9 & 50%.")
pcm = converted(speech, voice.rate)
wake.scores(pcm[: wake.hop])
vad.score(pcm[: vad.hop])
assert asr.transcribe(pcm).text
sys.stdout.write("done\\n")
"""


def test_engines_open_nothing_once_they_are_made(models: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(models)],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert child.stdout == "done\n"
