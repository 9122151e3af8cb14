"""When a command has been spoken to its end: speech scores in, a verdict out.

Pure. Time is counted in samples; one call is one window of the voice activity detector.
"""

from dataclasses import dataclass
from enum import Enum, auto

from audio.frames import samples


@dataclass(frozen=True, slots=True)
class Options:
    """Scores are 0..1, times are seconds."""

    speech: float = 0.5
    """A window that scores this or more begins speech."""
    silence: float = 0.35
    """Once speech has begun, only a window that scores less than this is silence."""
    shortest: float = 0.3
    """Less speech than this (a click, the last syllable of the wake word) is no command."""
    patience: float = 0.5
    """Silence after speech that ends the command."""
    no_speech: float = 5.0
    """Wait for a command to begin."""
    longest: float = 15.0
    """A command is cut at this length, counted from where its speech began."""


class Verdict(Enum):
    """What the endpointer thinks of the stream so far."""

    WAITING = auto()
    SPEAKING = auto()
    ENDED = auto()
    CAPPED = auto()
    NO_SPEECH = auto()


class Endpointer:
    """Feed it until the verdict is ENDED, CAPPED or NO_SPEECH, then make a new one.

    `speech_start` and `speech_end` are samples since the first window fed: the first and the end
    of the last window judged speech. Both are None until speech was heard.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._now = 0
        self._voiced = 0
        self._confirmed = False
        self._loud = False
        self.speech_start: int | None = None
        self.speech_end: int | None = None

    def feed(self, score: float, window: int) -> Verdict:
        """`score` of the next `window` samples."""
        start, self._now = self._now, self._now + window
        self._loud = score >= (self._options.silence if self._loud else self._options.speech)
        if self._loud:
            self._hear(start, window)
        elif self.speech_end is not None and self._silent(self.speech_end):
            if self._confirmed:
                return Verdict.ENDED
            self._forget()
        return self._judge()

    def _hear(self, start: int, window: int) -> None:
        if self.speech_start is None:
            self.speech_start = start
        self.speech_end = self._now
        self._voiced += window
        self._confirmed = self._confirmed or self._voiced >= samples(self._options.shortest)

    def _silent(self, since: int) -> bool:
        return self._now - since >= samples(self._options.patience)

    def _forget(self) -> None:
        self.speech_start = self.speech_end = None
        self._voiced = 0

    def _judge(self) -> Verdict:
        if self._confirmed and self.speech_start is not None:
            too_long = self._now - self.speech_start >= samples(self._options.longest)
            return Verdict.CAPPED if too_long else Verdict.SPEAKING
        overdue = self.speech_start is None and self._now >= samples(self._options.no_speech)
        return Verdict.NO_SPEECH if overdue else Verdict.WAITING
