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

from audio.columns import Floats
from audio.engines import EngineError, Files
from audio.frames import Pcm
from audio.melspec import HOP, SILENCE, START, Mel
from audio.wake._embedding import SIZE, Embedding
from audio.weights import WeightsError, read

MEL = "openwakeword/melspectrogram.onnx"
EMBEDDING = "openwakeword/embedding_model.onnx"

_FEATURES = 16
"""Embeddings that a head sees."""
_SILENT_SCORES = 5


@dataclass(frozen=True, slots=True)
class Options:
    words: tuple[Literal["alexa", "hey_jarvis", "hey_marvin", "hey_mycroft"], ...] = ("hey_jarvis",)
    """What wakes the hub; any of them does."""


def files(options: Options) -> tuple[str, ...]:
    """Shelf names of the files that these options need."""
    return MEL, EMBEDDING, *(_head(word) for word in options.words)


class Streams:
    """Several microphones heard together: each has its own past, all share the work."""

    def __init__(self, options: Options, files: Files, count: int) -> None:
        """Raises EngineError."""
        self.words: Sequence[str] = options.words
        try:
            self._mel = Mel(read(files[MEL]), count)
            self._embedding = Embedding(read(files[EMBEDDING]), count, START)
        except (WeightsError, KeyError) as error:
            raise EngineError(
                "The wake word models are not openWakeWord's. Fetch the models again."
            ) from error
        self._heads = {word: _Head(files[_head(word)]) for word in options.words}
        self._silence = self._embedding.settled(SILENCE)
        self._features: Floats = np.empty((count, _FEATURES, SIZE), np.float32)
        self._unheard = [_SILENT_SCORES] * count
        for stream in range(count):
            self.reset(stream)

    def reset(self, stream: int) -> None:
        self._mel.reset(stream)
        self._embedding.reset(stream)
        self._features[stream] = self._silence
        self._unheard[stream] = _SILENT_SCORES

    def scores(self, pcm: Pcm) -> list[Mapping[str, float]]:
        """The next hop of every stream, (streams, 1280); a score 0..1 for each word, for each."""
        newest = self._embedding(self._mel(pcm))
        self._features[:, :-1] = self._features[:, 1:]
        self._features[:, -1] = newest
        return [self._judged(stream) for stream in range(len(pcm))]

    def window(self, stream: int) -> Floats:
        """(16, 96): the embeddings that its last scores were made of."""
        seen: Floats = self._features[stream].copy()
        return seen

    def _judged(self, stream: int) -> Mapping[str, float]:
        if self._unheard[stream]:
            self._unheard[stream] -= 1
            return dict.fromkeys(self.words, 0.0)
        features = self._features[stream : stream + 1]
        return {word: head(features) for word, head in self._heads.items()}


class Engine:
    hop = HOP

    def __init__(self, options: Options, files: Files) -> None:
        """Raises EngineError."""
        self.words: Sequence[str] = options.words
        self._streams = Streams(options, files, 1)

    def reset(self) -> None:
        self._streams.reset(0)

    def scores(self, pcm: Pcm) -> Mapping[str, float]:
        return self._streams.scores(pcm[np.newaxis])[0]

    def window(self) -> Floats:
        """(16, 96): the embeddings that the last scores were made of."""
        return self._streams.window(0)


class _Head:
    """One word's ONNX model, (1, 16, 96) -> score, on one thread that never spins."""

    def __init__(self, model: bytes) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._input: str = self._session.get_inputs()[0].name

    def __call__(self, features: Floats) -> float:
        return float(self._session.run(None, {self._input: features})[0][0, 0])


def _head(word: str) -> str:
    return f"openwakeword/{word}_v0.1.onnx"
