"""Wake words by the openWakeWord models: sound -> mel spectrogram -> embedding -> one head a word.

The mel and the embedding are shared by all words. Scores equal those of the `openwakeword` library,
version 0.4.0, fed 1280 samples at a time from its first frame on; the library's starting values
(a spectrogram of ones, features of silence, zero for the first five scores) are kept for that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from audio.engines import Files
from audio.frames import Pcm

MEL = "openwakeword/melspectrogram.onnx"
EMBEDDING = "openwakeword/embedding_model.onnx"

HOP = 1280
_MEL_CONTEXT = 480
"""Samples of the past that the mel model needs to give 8 columns (10 ms each) for 1280 samples."""
_COLUMNS = 76
"""Mel columns that one embedding sees."""
_FEATURES = 16
"""Embeddings that a head sees."""
_SILENT_SCORES = 5

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Options:
    words: tuple[Literal["alexa", "hey_jarvis", "hey_marvin", "hey_mycroft"], ...] = ("hey_jarvis",)


def files(options: Options) -> tuple[str, ...]:
    """Shelf names of the files that these options need."""
    return MEL, EMBEDDING, *(_head(word) for word in options.words)


class Engine:
    hop = HOP

    def __init__(self, options: Options, files: Files) -> None:
        self.words: Sequence[str] = options.words
        self._mel = _Model(files[MEL])
        self._embed = _Model(files[EMBEDDING])
        self._heads = {word: _Model(files[_head(word)]) for word in options.words}
        self._silence = self._embedding(_scaled(self._mel(_silence(_COLUMNS))))
        self.reset()

    def reset(self) -> None:
        self._past: Pcm = np.zeros(0, np.int16)
        self._spectrogram: Floats = np.ones((_COLUMNS, 32), np.float32)
        self._features: Floats = np.tile(self._silence, (_FEATURES, 1))
        self._unheard = _SILENT_SCORES

    def scores(self, pcm: Pcm) -> Mapping[str, float]:
        self._listen(pcm)
        features = self._features[np.newaxis]
        if self._unheard:
            self._unheard -= 1
            return dict.fromkeys(self.words, 0.0)
        return {word: float(head(features)[0, 0]) for word, head in self._heads.items()}

    def _listen(self, pcm: Pcm) -> None:
        heard = np.concatenate((self._past, pcm))
        self._past = heard[-_MEL_CONTEXT:]
        columns = _scaled(self._mel(heard[np.newaxis].astype(np.float32)))
        self._spectrogram = np.concatenate((self._spectrogram, columns))[-_COLUMNS:]
        newest = self._embedding(self._spectrogram)
        self._features = np.concatenate((self._features[1:], newest))

    def _embedding(self, columns: Floats) -> Floats:
        """(76, 32) -> (1, 96)."""
        return self._embed(columns[np.newaxis, :, :, np.newaxis]).reshape(1, -1)


class _Model:
    """One ONNX model with one input and one output, on one thread that never spins."""

    def __init__(self, model: bytes) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._input: str = self._session.get_inputs()[0].name

    def __call__(self, values: Floats) -> Floats:
        output: Floats = self._session.run(None, {self._input: values})[0]
        return output


def _head(word: str) -> str:
    return f"openwakeword/{word}_v0.1.onnx"


def _silence(columns: int) -> Floats:
    """As many samples as give this many mel columns."""
    return np.zeros((1, columns * 160 + _MEL_CONTEXT), np.float32)


def _scaled(mel: Floats) -> Floats:
    """(1, 1, columns, 32) -> (columns, 32), on the scale the embedding was trained on."""
    return mel.reshape(-1, 32) / np.float32(10) + np.float32(2)
