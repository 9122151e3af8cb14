"""Wake words by the microWakeWord models (Apache-2.0): an extra, 2 MB with its runtime.

Every 30 ms a streaming network of 8 bit judges three new columns of sound, 10 ms each; what counts
is the mean of its last five answers, as in ESPHome's devices. Their makers set each word's cutoff;
here it is the score 0.5, the threshold from which a word wakes unless it is told another.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pymicro_wakeword
from pymicro_features import MicroFrontend

from audio.engines import EngineError, Files
from audio.frames import Pcm
from audio.tflite import Floats, Tflite, TfliteError

HOP = 1280
_STEP = 160
"""Samples that the front end takes at a time; 10 ms."""
_ANSWERS = 5
_CUTOFFS = {"alexa": 0.9, "hey_jarvis": 0.97, "hey_mycroft": 0.95, "okay_nabu": 0.85}
"""`probability_cutoff` of the models' own descriptions."""


@dataclass(frozen=True, slots=True)
class Options:
    words: tuple[Literal["alexa", "hey_jarvis", "hey_mycroft", "okay_nabu"], ...] = ("hey_jarvis",)
    """What wakes the hub; any of them does."""


def files(options: Options) -> tuple[str, ...]:
    """Shelf names of the files that these options need."""
    return tuple(_file(word) for word in options.words)


class Engine:
    hop = HOP

    def __init__(self, options: Options, files: Files) -> None:
        """Raises EngineError."""
        self.words: Sequence[str] = options.words
        self._front_end = MicroFrontend()
        library = _library()
        try:
            self._words = {
                word: _Word(Tflite(library, files[_file(word)]), _CUTOFFS[word])
                for word in options.words
            }
        except TfliteError as error:
            raise EngineError(str(error)) from error

    def scores(self, pcm: Pcm) -> Mapping[str, float]:
        columns = [
            np.array(features, np.float32)
            for at in range(0, HOP, _STEP)
            if (
                features := self._front_end.process_samples(pcm[at : at + _STEP].tobytes()).features
            )
        ]
        return {name: word.score(columns) for name, word in self._words.items()}

    def reset(self) -> None:
        self._front_end.reset()
        for word in self._words.values():
            word.reset()


class _Word:
    def __init__(self, model: Tflite, cutoff: float) -> None:
        self._model = model
        self._cutoff = cutoff
        self._columns: list[Floats] = []
        self._answers: deque[float] = deque(maxlen=_ANSWERS)

    def score(self, columns: Sequence[Floats]) -> float:
        """The highest that these new columns bring about."""
        best = 0.0
        for column in columns:
            self._columns.append(column)
            if len(self._columns) * len(column) == self._model.size:
                self._answers.append(self._model(np.concatenate(self._columns)))
                self._columns.clear()
                best = max(best, self._judged())
        return best

    def reset(self) -> None:
        self._model.reset()
        self._columns.clear()
        self._answers.clear()

    def _judged(self) -> float:
        """The mean of the last answers, moved so that the cutoff is at 0.5."""
        if len(self._answers) < _ANSWERS:
            return 0.0
        mean = sum(self._answers) / _ANSWERS
        if mean < self._cutoff:
            return 0.5 * mean / self._cutoff
        return 0.5 + 0.5 * (mean - self._cutoff) / (1 - self._cutoff)


def _file(word: str) -> str:
    return f"microwakeword/{word}.tflite"


def _library() -> Path:
    """Raises EngineError."""
    folder = Path(pymicro_wakeword.__file__).parent / "lib"
    for library in folder.glob("*tensorflowlite_c*"):
        return library
    raise EngineError("pymicro-wakeword has no TensorFlow Lite here. Use wake engine openwakeword.")
