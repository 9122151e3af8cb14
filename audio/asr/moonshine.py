"""Speech to text by Moonshine (tiny, English): fast on a Pi, for it encodes no more than is said.

Two nets, run by ONNX Runtime: the encoder turns the sound into columns; the decoder says the
likeliest piece of a word again and again, and keeps what it has worked out (keys and values of
each layer, for the pieces so far and for the sound). What the sound gave is kept for `score`, which
shows the decoder whole sentences and asks how likely it finds each piece.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from audio.asr._pieces import END, START, Pieces, PiecesError
from audio.engines import EngineError, Files, Transcript
from audio.frames import RATE, Pcm, samples

_FOLDER = "moonshine-tiny-en"
_ENCODER = f"{_FOLDER}/encoder_model.ort"
_DECODER = f"{_FOLDER}/decoder_model_merged.ort"
_PIECES = f"{_FOLDER}/pieces.tokens"

_HEADS, _WIDTH = 8, 36
"""Shape of the decoder's keys and values."""
_STRIDE = 384
"""Samples of sound that one column stands for; the decoder takes its mask in samples."""
_PAUSE = 0.5
"""Seconds of silence behind the speech."""
_TOKENS_PER_SECOND = 8
"""Faster than anyone speaks: 5 is usual."""
_MOST_TOKENS = 194
"""Moonshine's text window."""
_AT_ONCE = 4
"""Sentences judged together: half the work of one by one, and eight are no cheaper. The nets round
to 8 bits by the largest number in the batch: a score moves by 0.1 or so with its company.
"""

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Memory = Mapping[str, Floats]
"""Name of a decoder input -> (sentences, heads, positions, width)."""


@dataclass(frozen=True, slots=True)
class Options:
    language: str = "en"
    """English only."""
    threads: int = 2
    """Processor threads that it may use."""


class LanguageError(EngineError):
    """Moonshine does not know the chosen language."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sound as the decoder has taken it up, before the first piece."""

    columns: Floats
    """(1, columns, width), by the encoder."""
    memory: Memory
    first: Floats
    """(1, 1, pieces): log-probabilities of the first piece."""


def files(_options: Options) -> tuple[str, ...]:
    return _ENCODER, _DECODER, _PIECES


class Engine:
    def __init__(self, options: Options, files: Files) -> None:
        """Raises LanguageError, EngineError."""
        if options.language.partition("-")[0] != "en":
            message = f"Moonshine does not know the language {options.language!r}, only English."
            raise LanguageError(f"{message} Choose the engine whisper, model base.")
        try:
            self._pieces = Pieces(files[_PIECES])
        except PiecesError as error:
            raise EngineError(f"Moonshine: {error}. Fetch the models again.") from error
        self._encoder = _session(files[_ENCODER], options.threads)
        self._decoder = _session(files[_DECODER], options.threads)
        if len(self._pieces) != self._decoder.get_outputs()[0].shape[-1]:
            raise EngineError("Moonshine: list and net do not belong together. Fetch them again.")
        kept = [each.name for each in self._decoder.get_inputs()]
        self._kept = tuple(name for name in kept if name.startswith("past_key_values"))

    def transcribe(self, pcm: Pcm) -> Transcript:
        if not pcm.any():
            return Transcript("", 0.0)
        heard = self._hear(pcm)
        pieces, likely = self._speak(heard, len(pcm))
        return Transcript(self._pieces.text(pieces), likely, partial(self._score, heard))

    def _hear(self, pcm: Pcm) -> _Heard:
        sound = np.pad(pcm.astype(np.float32) / np.float32(32768), (0, samples(_PAUSE)))[None]
        inputs = {"input_values": sound, "attention_mask": np.ones(sound.shape, np.int64)}
        [columns] = self._encoder.run(None, inputs)
        width = {"decoder": 0, "encoder": columns.shape[1]}
        nothing = {
            name: np.zeros((1, _HEADS, width[name.split(".")[2]], _WIDTH), np.float32)
            for name in self._kept
        }
        first, memory = self._decode(np.array([[START]]), columns, nothing, begun=False)
        return _Heard(columns, memory, first)

    def _speak(self, heard: _Heard, length: int) -> tuple[list[int], float]:
        """The likeliest piece each time, and the mean probability of them and of the end."""
        most = min(length * _TOKENS_PER_SECOND // RATE + 8, _MOST_TOKENS)
        pieces: list[int] = []
        chances, memory, total = heard.first, heard.memory, 0.0
        for _ in range(most):
            piece = int(chances[0, -1].argmax())
            total += float(chances[0, -1, piece])
            if piece == END:
                break
            pieces.append(piece)
            chances, memory = self._decode(np.array([[piece]]), heard.columns, memory)
        return pieces, math.exp(min(total / (len(pieces) + 1), 0.0))

    def _score(self, heard: _Heard, sentences: Sequence[str]) -> tuple[float, ...]:
        """By forced decoding, the end of the sentence included."""
        pieces = [[*self._pieces.numbers(sentence), END] for sentence in sentences]
        scores: list[float] = []
        for start in range(0, len(pieces), _AT_ONCE):
            scores.extend(self._forced(heard, pieces[start : start + _AT_ONCE]))
        return tuple(scores)

    def _forced(self, heard: _Heard, pieces: Sequence[Sequence[int]]) -> list[float]:
        """Shorter sentences are filled up with END, which nothing before them can see."""
        count, longest = len(pieces), max(map(len, pieces))
        said = np.full((count, longest), END, np.int64)
        for row, sentence in zip(said, pieces, strict=True):
            row[: len(sentence)] = sentence
        memory = {name: np.repeat(kept, count, axis=0) for name, kept in heard.memory.items()}
        columns = np.repeat(heard.columns, count, axis=0)
        chances = np.repeat(heard.first, count, axis=0)
        if longest > 1:
            later, _ = self._decode(said[:, :-1], columns, memory)
            chances = np.concatenate((chances, later), axis=1)
        each = np.take_along_axis(chances, said[:, :, None], axis=2)[:, :, 0]
        return [float(row[: len(one)].sum()) for row, one in zip(each, pieces, strict=True)]

    def _decode(
        self, pieces: Integers, columns: Floats, memory: Memory, *, begun: bool = True
    ) -> tuple[Floats, Memory]:
        """(sentences, n) pieces -> log-probabilities (sentences, n, pieces) of what comes next."""
        inputs = {
            "input_ids": pieces,
            "encoder_hidden_states": columns,
            "encoder_attention_mask": np.ones((len(columns), columns.shape[1] * _STRIDE), np.int64),
            "use_cache_branch": np.array([begun]),
            **memory,
        }
        scores, *kept = self._decoder.run(None, inputs)
        grown = dict(zip(self._kept, kept, strict=True))
        if begun:  # what the sound gave is not worked out again, and comes back empty
            grown |= {name: memory[name] for name in self._kept if ".encoder." in name}
        return _normal(scores), grown


def _session(content: bytes, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _normal(scores: Floats) -> Floats:
    """Log-probabilities along the last axis; in place, as it is the largest thing here."""
    scores -= scores.max(axis=-1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return scores
