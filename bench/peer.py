"""The chain that Home Assistant runs on a spoken command, for comparison.

pymicro-vad and its segmenter decide when the command is over (assist_pipeline's defaults), then
faster-whisper recognises it the way wyoming-faster-whisper 3.8 calls it, then hassil matches
home-assistant-intents as the default agent does. Read in Home Assistant 2026.11.0.
"""

import platform
import time
from dataclasses import dataclass
from typing import Literal

import numpy as np
from faster_whisper import WhisperModel
from pymicro_vad import MicroVad

from audio.asr.whisper import Options, files
from audio.engines import Files
from audio.frames import RATE, Pcm, samples
from bench.matcher import Matcher
from intents.custom import Custom
from intents.home import Home
from intents.wishes import Wish

_CHUNK = samples(0.01)
"""microVAD takes 10 ms at a time."""
_BEAM = 1 if any(arm in platform.machine().lower() for arm in ("arm", "aarch")) else 5
"""wyoming-faster-whisper's own choice, by the kind of machine."""

Model = Literal["tiny.en", "base"]


class Segmenter:
    """When a command is over. Pure; counts samples.

    Before a command, 0.3 s of speech (probability above 0.2) begins it; a second without any
    forgets what was counted. Within it, 0.7 s of silence (0.5 or less) ends it, though not before
    it is 1 s long. Silence adds up: only a second of speech in a row clears it. Cut at 15 s.
    """

    def __init__(self) -> None:
        self._left = samples(15.0)
        self._speaking = False
        self._clear_counts()
        self._shortest = 0

    def _clear_counts(self) -> None:
        self._speech = samples(0.3)
        self._silence = samples(0.7)
        self._patience = samples(1.0)

    def feed(self, probability: float, count: int) -> bool:
        """Whether the command is over after these `count` samples; -1 is "cannot say yet"."""
        self._left -= count
        if self._left <= 0:
            return True
        if probability < 0:
            return False
        if self._speaking:
            return self._follow(count, speech=probability > 0.5)
        self._await(count, speech=probability > 0.2)
        return False

    def _await(self, count: int, *, speech: bool) -> None:
        if not speech:
            self._patience -= count
            if self._patience <= 0:
                self._clear_counts()
            return
        self._patience = samples(1.0)
        self._speech -= count
        if self._speech <= 0:
            self._speaking = True
            self._silence = samples(0.7)
            self._shortest = samples(1.0 - 0.3)

    def _follow(self, count: int, *, speech: bool) -> bool:
        self._shortest -= count
        if not speech:
            self._patience = samples(1.0)
            self._silence -= count
            return self._silence <= 0 and self._shortest <= 0
        self._patience -= count
        if self._patience <= 0:
            self._silence, self._patience = samples(0.7), samples(1.0)
        return False


@dataclass(frozen=True, slots=True)
class Answer:
    """`wish` None: not understood. `at`: seconds from the first sample to the answer."""

    wish: Wish | None
    at: float


class Peer:
    def __init__(
        self,
        model: Model,
        models: Files,
        home: Home,
        threads: int,
        custom: Custom | None = None,
    ) -> None:
        """`models`: the recogniser's files by name, as `model_files` lists them; `custom`:
        sentences instead of home-assistant-intents' own.
        """
        self._whisper = WhisperModel(
            model,
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            files={name.rpartition("/")[2]: content for name, content in models.items()},
        )
        self._matcher = Matcher(home, custom=custom)

    def hear(self, sound: Pcm) -> Answer:
        """One command, spoken from the first sample on; `sound` ends with silence enough."""
        ended = end_of_command(sound)
        started = time.perf_counter()
        wish = self.recognize(self.transcribe(sound[:ended]))
        return Answer(wish, ended / RATE + time.perf_counter() - started)

    def transcribe(self, sound: Pcm) -> str:
        segments, _ = self._whisper.transcribe(
            sound.astype(np.float32) / np.float32(32768),
            beam_size=_BEAM,
            language="en",
            initial_prompt=None,
            vad_filter=False,
            task="transcribe",
        )
        return " ".join(segment.text for segment in segments)

    def recognize(self, text: str) -> Wish | None:
        return self._matcher.recognize(text)


def model_files(model: Model) -> tuple[str, ...]:
    """Their names on the shelf."""
    return files(Options(model=model))


def end_of_command(sound: Pcm) -> int:
    """The sample at which the segmenter decides; the end of `sound` if it never does."""
    vad, segmenter = MicroVad(), Segmenter()
    for start in range(0, len(sound) - _CHUNK + 1, _CHUNK):
        chunk = sound[start : start + _CHUNK]
        if segmenter.feed(vad.process_10ms(chunk.tobytes()), _CHUNK):
            return start + _CHUNK
    return len(sound)
