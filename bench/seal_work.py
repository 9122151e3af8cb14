"""What `bench.seal` times, in a process of its own: `... OUT NAME SEAL`, run by `bench.seal_task`.

Its engine or device is made ready, and sealed in or not; then the work is done once for every byte
that comes in, and each time gives a line to descriptor OUT: seconds of the clock, and of computing
by all its threads.
"""

import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping

import av
import numpy as np

from audio.frames import RATE, Frame
from audio.microphone import Microphone
from audio.speaker import Speaker
from bench.seal_task import ROLES
from hub.cage.closing import closed
from hub.engines import Workshop
from hub.settings import EngineChoice
from hub.shelf.shelf import open_shelf
from tests.hub.cage.camera import film
from tests.hub.recordings import spoken

Task = Callable[[], object]
_WINDOW = 512
"""Samples of one look of silero."""
_SOUND = 1.0
"""Seconds of sound captured or played at a time."""
_SENTENCE = "Turn on the kitchen light and set the heating to twenty degrees."


def _onnxruntime() -> Task:
    """Silero over twenty seconds of noise."""
    vad = Workshop(open_shelf()).vad(EngineChoice(engine="silero"))
    noise = np.random.default_rng(1).normal(0, 1_000, 20 * RATE).astype(np.int16)
    windows = [noise[at : at + _WINDOW] for at in range(0, len(noise) - _WINDOW, _WINDOW)]
    return lambda: [vad.score(window) for window in windows]


def _ctranslate2() -> Task:
    """Whisper tiny.en over a sentence."""
    asr = Workshop(open_shelf()).asr(EngineChoice(engine="whisper"))
    sound = spoken(_SENTENCE)
    return lambda: asr.transcribe(sound)


def _numpy() -> Task:
    """Products and transforms, with the threads of its library."""
    values = np.random.default_rng(1).normal(size=(700, 700)).astype(np.float32)
    return lambda: [np.fft.rfft(values @ values) for _ in range(5)]


def _video() -> Task:
    """A hundred pictures of MPEG-2."""
    content = film(100)

    def decode() -> None:
        with av.open(io.BytesIO(content), "r") as container:
            for picture in container.decode(video=0):
                picture.to_ndarray(format="rgb24")

    return decode


def _capture() -> Task:
    frames = Microphone().frames()
    return lambda: _some_of(frames)


def _some_of(frames: Iterator[Frame]) -> None:
    samples = 0
    while samples < _SOUND * RATE:
        samples += len(next(frames).pcm)


def _playback() -> Task:
    speaker = Speaker()
    tone = np.sin(np.arange(round(_SOUND * RATE)) / 5) * 3_000
    return lambda: speaker.play(tone.astype(np.int16), RATE)


WORK: Mapping[str, Callable[[], Task]] = {
    "onnxruntime": _onnxruntime,
    "CTranslate2": _ctranslate2,
    "numpy": _numpy,
    "video": _video,
    "capture": _capture,
    "playback": _playback,
}


def main(out: int, name: str, seal: str) -> None:
    task = WORK[name]()
    task()
    commands = os.dup(0)  # the seal leads standard input nowhere
    if seal == "sealed":
        closed(ROLES[name])
    os.write(out, b"ready\n")
    while os.read(commands, 1):
        clock, computing = time.perf_counter(), time.process_time()
        task()
        times = time.perf_counter() - clock, time.process_time() - computing
        os.write(out, f"{times[0]} {times[1]}\n".encode())


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
