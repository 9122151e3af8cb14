"""Voice activity by silero, version 6: 32 ms of sound -> probability of speech."""

from dataclasses import dataclass

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from audio.engines import Files
from audio.frames import Pcm

MODEL = "silero/silero_vad_v6.onnx"
HOP = 512
_CONTEXT = 64
"""Samples of the window before that the model wants to see again."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Options:
    """silero has no settings: what counts as speech is the endpointer's to say."""


def files(_: Options) -> tuple[str, ...]:
    return (MODEL,)


class Engine:
    hop = HOP

    def __init__(self, _: Options, files: Files) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = ort.InferenceSession(
            files[MODEL], options, providers=["CPUExecutionProvider"]
        )
        self.reset()

    def reset(self) -> None:
        self._context: Floats = np.zeros(_CONTEXT, np.float32)
        self._h: Floats = np.zeros((1, 1, 128), np.float32)
        self._c: Floats = np.zeros((1, 1, 128), np.float32)

    def score(self, pcm: Pcm) -> float:
        window = pcm.astype(np.float32) / np.float32(32768)
        heard = np.concatenate((self._context, window))[np.newaxis]
        self._context = window[-_CONTEXT:]
        probability, self._h, self._c = self._session.run(
            None, {"input": heard, "h": self._h, "c": self._c}
        )
        return float(probability.item())
