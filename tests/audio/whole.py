"""openWakeWord as its models are meant to be run: the last 76 mel columns anew in every hop."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnxruntime as ort

from audio.columns import Floats
from audio.frames import Pcm


class Whole:
    """What `audio.wake.openwakeword.Engine` must equal; a file of onnxruntime for each step."""

    def __init__(self, models: Path, words: Sequence[str]) -> None:
        folder = models / "openwakeword"
        self._mel = Model(folder / "melspectrogram.onnx")
        self._embed = Model(folder / "embedding_model.onnx")
        self._heads = {word: Model(folder / f"{word}_v0.1.onnx") for word in words}
        silence = np.full((76, 32), -8.0, np.float32)
        self._silence = self._embedding(silence)
        self.reset()

    def reset(self) -> None:
        self._past: Pcm = np.zeros(0, np.int16)
        self._columns: Floats = np.ones((76, 32), np.float32)
        self._features: Floats = np.tile(self._silence, (16, 1))
        self._unheard = 5

    def scores(self, pcm: Pcm) -> Mapping[str, float]:
        sound = np.concatenate((self._past, pcm))
        self._past = sound[-480:]
        decibels = self._mel(sound[np.newaxis].astype(np.float32)).reshape(-1, 32)
        columns = decibels / np.float32(10) + np.float32(2)
        self._columns = np.concatenate((self._columns, columns))[-76:]
        self._features = np.concatenate((self._features[1:], self._embedding(self._columns)))
        if self._unheard:
            self._unheard -= 1
            return dict.fromkeys(self._heads, 0.0)
        features = self._features[np.newaxis]
        return {word: float(head(features)[0, 0]) for word, head in self._heads.items()}

    def _embedding(self, columns: Floats) -> Floats:
        return self._embed(columns[np.newaxis, :, :, np.newaxis]).reshape(1, -1)


class Model:
    """One file, one input, one output, one thread."""

    def __init__(self, file: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        self._input: str = self._session.get_inputs()[0].name

    def __call__(self, values: Floats) -> Floats:
        output: Floats = self._session.run(None, {self._input: values})[0]
        return output
