"""Speech to text by Whisper (faster-whisper, CTranslate2), without the 30 s window.

Whisper was trained on 30 s windows and spends nearly all its time encoding padding. Here the
encoder sees the speech and a short pause; what follows in the window is silence that was encoded
once, at its own positions, so that the decoder still knows where the speech stops. What is left of
the short window's habit, saying the sentence twice, is cut by `once`.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from numpy.typing import NDArray

from audio.engines import EngineError, Files, Transcript
from audio.frames import RATE, Pcm, samples
from audio.memory_folder import close_folder, memory_folder

_COLUMNS = 3000
"""Mel columns (10 ms each) of Whisper's window; one encoder position is two of them."""
_POSITIONS = 50
"""Encoder positions in a second."""
_TAIL = 100
"""Encoder positions of silence behind the speech that other sentences are judged with; 25 cost base
two of 71 commands, 200 gain none.
"""
_AT_ONCE = 2
"""Sentences judged together; seven take 25 to 50 MB more, and a quarter less time at best."""
_SILENCE = 400
"""Encoder positions (20 ms each) of silence shown to the decoder after the speech."""
_PAUSE = {"tiny.en": 0.5, "base": 3.0}
"""Seconds of silence encoded with the speech.

Measured on 82 home commands, word for word right: tiny.en 64 (whole window: 61) in 0.08 s (0.40 s);
base, 59 with 3 s (whole window: 60) in 0.2 s (0.9 s): it is worth its time only whole.
"""
_TOKENS_PER_SECOND = 8
"""Faster than anyone speaks: 5 is usual."""
_MOST_TOKENS = 448
"""Whisper's text window."""

_VOCABULARY = {"tiny.en": "vocabulary.txt", "base": "vocabulary.json"}

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Options:
    """`language`: "de", "pt-BR"; tiny.en knows English only."""

    model: Literal["tiny.en", "base"] = "tiny.en"
    """tiny.en knows English alone and is the faster; base knows 99 languages, and is
    the default of all others."""
    language: str = "en"
    threads: int = 2
    """Processor threads that it may use."""
    beam: int = 2
    """Guesses that are followed at once: more hear a little better and take longer."""


class LanguageError(EngineError):
    """The chosen model does not know the chosen language."""


def files(options: Options) -> tuple[str, ...]:
    folder = f"whisper-{options.model}"
    names = ("model.bin", "config.json", "tokenizer.json", _VOCABULARY[options.model])
    return tuple(f"{folder}/{name}" for name in names)


def spoken(language: str) -> str:
    """As Whisper names it: without its region, and Norwegian as it is mostly called."""
    base = language.partition("-")[0]
    return "no" if base == "nb" else base


class Engine:
    def __init__(self, options: Options, files: Files) -> None:
        self._options = options
        # From a folder: CTranslate2 keeps bytes that it is given (79 MB for tiny.en).
        with memory_folder() as folder:
            for name, content in files.items():
                (folder / name.rpartition("/")[2]).write_bytes(content)
            close_folder(folder)
            self._whisper = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=options.threads
            )
        language = spoken(options.language)
        if language not in self._whisper.supported_languages:
            message = f"Whisper {options.model} does not know the language {options.language!r}."
            more = "It can be typed, not spoken."
            if options.model == "tiny.en":
                more = "Choose model: base, which knows about a hundred."
            raise LanguageError(f"{message} {more}")
        self._tokens = Tokenizer(
            self._whisper.hf_tokenizer,
            self._whisper.model.is_multilingual,
            task="transcribe",
            language=language,
        )
        self._prompt = self._whisper.get_prompt(self._tokens, [], without_timestamps=True)
        self._silence = self._encode(np.zeros(RATE * 30, np.float32), 0)

    def transcribe(self, pcm: Pcm) -> Transcript:
        if not pcm.any():
            return Transcript("", 0.0)
        speech = self._encode(
            pcm.astype(np.float32) / np.float32(32768), samples(_PAUSE[self._options.model])
        )
        after = self._silence[:, speech.shape[1] :][:, :_SILENCE]
        heard = np.ascontiguousarray(np.concatenate((speech, after), axis=1))
        [result] = self._whisper.model.generate(
            ctranslate2.StorageView.from_array(heard),
            [self._prompt],
            beam_size=self._options.beam,
            max_length=self._longest(pcm),
            return_scores=True,
            suppress_tokens=[-1],
        )
        text = self._tokens.decode(result.sequences_ids[0]).strip()
        spoken = len(pcm) * _POSITIONS // RATE + _TAIL
        return Transcript(
            once(text),
            math.exp(min(result.scores[0], 0.0)),
            partial(self._score, np.ascontiguousarray(heard[:, :spoken])),
        )

    def _score(self, heard: Floats, sentences: Sequence[str]) -> tuple[float, ...]:
        """By forced decoding. The end of the text is no token of it: a full stop tells an end."""
        tokens = [self._tokens.encode(f" {sentence}") for sentence in sentences]
        scores: list[float] = []
        for start in range(0, len(tokens), _AT_ONCE):
            part = tokens[start : start + _AT_ONCE]
            aligned = self._whisper.model.align(
                ctranslate2.StorageView.from_array(np.repeat(heard, len(part), axis=0)),
                self._tokens.sot_sequence,
                part,
                2 * heard.shape[1],
                median_filter_width=1,
            )
            scores.extend(float(np.log(each.text_token_probs).sum()) for each in aligned)
        return tuple(scores)

    def _encode(self, sound: Floats, pause: int) -> Floats:
        """Sound, -1..1, and `pause` samples of silence -> (1, positions, width)."""
        mel = self._whisper.feature_extractor(sound, padding=pause)[:, :_COLUMNS]
        even = mel[:, : mel.shape[1] // 2 * 2]
        encoded: Floats = np.array(self._whisper.encode(even))
        return encoded

    def _longest(self, pcm: Pcm) -> int:
        """Tokens that this much sound can hold, the prompt included."""
        most = len(self._prompt) + len(pcm) * _TOKENS_PER_SECOND // RATE + 8
        return min(most, _MOST_TOKENS)


def once(text: str) -> str:
    """A text that says the same thing over and over, said once; the last time may break off.

    Single words are left alone ("go go go") until there are four of them.
    """
    words = text.split()
    bare = [re.sub(r"\W", "", word).casefold() for word in words]
    for length in range(1, len(words)):
        again = bare[length:]
        repeats = again[:-1] == bare[: len(again) - 1] and bare[len(again) - 1].startswith(
            again[-1]
        )
        if repeats and (length > 1 or len(words) > 3):  # noqa: PLR2004  # see the docstring
            return " ".join(words[:length])
    return text
