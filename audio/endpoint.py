"""When a command has been spoken to its end: speech scores in, a verdict out.

Pure. Time is counted in samples; one call is one window of the voice activity detector.
"""

import math
from dataclasses import dataclass
from enum import Enum, auto

from audio.frames import samples

_SMOOTHING = 0.2
"""Seconds: a soft syllable is not the end of a speaker."""


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
    background: float = 14.0
    """dB below the speaker's loudest at which speech is that of others, of a television.

    Measured on 143 commands: none is cut, and with other people's speech 15 / 10 / 5 dB below them
    the median wait is 0.6 / 0.8 / 1.9 s instead of 3.1 / 3.4 / 4.6 s. At 10 dB 12 are cut.
    """
    pauses: tuple[float, ...] = ()
    """Silences after speech, shorter than `patience` and growing, that are told on the way."""
    no_speech: float = 5.0
    """Wait for a command to begin."""
    longest: float = 15.0
    """A command is cut at this length, counted from where its speech began."""


class Verdict(Enum):
    """What the endpointer thinks of the stream so far."""

    WAITING = auto()
    SPEAKING = auto()
    PAUSED = auto()
    ENDED = auto()
    CAPPED = auto()
    NO_SPEECH = auto()


class Loudness:
    """Smoothed power, and how far it lies below the loudest of the speaker."""

    def __init__(self) -> None:
        self._power = 0.0
        self._loudest = 0.0

    def hear(self, power: float, window: int) -> None:
        share = window / samples(_SMOOTHING)
        self._power += (power - self._power) * min(1.0, share)

    def remember(self) -> None:
        self._loudest = max(self._loudest, self._power)

    @property
    def drop(self) -> float:
        """Decibels below the loudest, 0 or more once it is quieter."""
        if self._power <= 0.0:
            return math.inf
        return 10 * math.log10(self._loudest / self._power) if self._loudest else 0.0


class Endpointer:
    """Feed it until the verdict is ENDED, CAPPED or NO_SPEECH, then make a new one.

    `speech_start` and `speech_end` are samples since the first window fed: the first and the end
    of the last window judged speech. Both are None until speech was heard. `pauses` counts those
    of the options that the present silence has reached; PAUSED tells of each once.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._now = 0
        self._voiced = 0
        self._confirmed = False
        self._speech = False
        self._loudness = Loudness()
        self.speech_start: int | None = None
        self.speech_end: int | None = None
        self.pauses = 0

    def feed(self, score: float, window: int, power: float = 1.0) -> Verdict:
        """`score` and mean `power`, in any unit, of the next `window` samples."""
        start, self._now = self._now, self._now + window
        options = self._options
        self._speech = score >= (options.silence if self._speech else options.speech)
        self._loudness.hear(power, window)
        if self._speech and not (self._confirmed and self._is_background()):
            self._loudness.remember()
            self._hear(start, window)
        elif self.speech_end is not None and self._silent(self.speech_end):
            if self._confirmed:
                return Verdict.ENDED
            self._forget()
        return Verdict.PAUSED if self._paused() else self._judge()

    def _hear(self, start: int, window: int) -> None:
        if self.speech_start is None:
            self.speech_start = start
        self.speech_end = self._now
        self.pauses = 0
        self._voiced += window
        self._confirmed = self._confirmed or self._voiced >= samples(self._options.shortest)

    def _paused(self) -> bool:
        if not self._confirmed or self.speech_end is None:
            return False
        waits = self._options.pauses
        if self.pauses < len(waits) and self._now - self.speech_end >= samples(waits[self.pauses]):
            self.pauses += 1
            return True
        return False

    def _is_background(self) -> bool:
        return self._loudness.drop >= self._options.background

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
