"""What an engine must answer. The host keeps time, threads and state; an engine only judges.

An engine is one file in wake/, vad/, asr/ or tts/: a frozen dataclass `Options`, a function
`files(options)` that names the model files it needs, and a class `Engine(options, files)`, where
`files` maps those names to verified bytes. Its heavy library is imported at the top of that file
and nowhere else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from audio.frames import Pcm

Files = Mapping[str, bytes]
"""File name -> verified bytes. An engine keeps no reference to what it has loaded."""


class EngineError(Exception):
    """An engine cannot work with its options or its files; the message says what to do."""


class Wake(Protocol):
    """Scores any number of wake words on one stream."""

    hop: int
    """Samples that each call of `scores` takes."""

    words: Sequence[str]

    def scores(self, pcm: Pcm) -> Mapping[str, float]:
        """Take the next `hop` samples; a score 0..1 for each word."""
        ...

    def reset(self) -> None:
        """Forget the stream."""
        ...


class Vad(Protocol):
    hop: int

    def score(self, pcm: Pcm) -> float:
        """Probability 0..1 that the next `hop` samples hold speech."""
        ...

    def reset(self) -> None: ...


Scorer = Callable[[Sequence[str]], tuple[float, ...]]
"""Sentences -> log-probability of each, as a whole, for the sound that was transcribed."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """`text` is private: it never appears in a repr or a log. `confidence` 0..1. `score`: what the
    same ear thinks of other sentences; None where the engine cannot tell.
    """

    text: str = field(repr=False)
    confidence: float
    score: Scorer | None = field(default=None, repr=False, compare=False)


class Asr(Protocol):
    def transcribe(self, pcm: Pcm) -> Transcript:
        """One utterance of up to 30 s to words, in the language of the engine's options."""
        ...


@runtime_checkable
class Learner(Protocol):
    """An Asr that hears better for knowing what may be said."""

    def learn(self, phrases: Sequence[str]) -> None:
        """Words, names and numbers in small letters, of which every sentence is made."""
        ...


class Tts(Protocol):
    rate: int
    """Samples per second of what `speak` returns."""

    def speak(self, text: str) -> Pcm:
        """Text to mono sound at `rate`; empty text gives no samples."""
        ...
