"""One turn: the sound since it began, until it is an utterance or nothing came of it. Pure."""

import numpy as np

from audio.endpoint import Endpointer, Options, Verdict
from audio.engines import Vad
from audio.events import GaveUp, GiveUp, Paused, Utterance
from audio.frames import Pcm, samples
from audio.hops import Hops
from audio.memory import sound_memory

_LEAD = 0.3
"""Seconds kept before the first speech: what the VAD notices late is not lost."""


class Turn:
    """`start`: index of the first sample that `feed` will be given.

    `before`: the sound of the wake word. It does not count as speech, but when the command follows
    it without a pause the utterance holds all of it: a recogniser understands a whole wake word
    and stumbles over half of one (measured, 62 commands: 52 exact with half, 59 with all).
    """

    def __init__(self, vad: Vad, options: Options, start: int, before: Pcm) -> None:
        vad.reset()
        self._vad = vad
        self._options = options
        self._endpointer = Endpointer(options)
        self._hops = Hops(vad.hop)
        longest = samples(options.no_speech + options.longest + options.patience)
        self._sound = sound_memory(len(before) + longest + 2 * vad.hop).pcm
        self._sound[: len(before)] = before
        self._before = len(before)
        self._start = self._now = start

    @property
    def room(self) -> int:
        """The longest piece that `feed` takes next."""
        return self._hops.room

    @property
    def speaking(self) -> bool:
        return self._endpointer.speech_start is not None

    def feed(self, piece: Pcm) -> Paused | Utterance | GaveUp | None:
        """What the turn came to, or may have come to, at the end of this piece."""
        used = self._before + self._now - self._start
        self._sound[used : used + len(piece)] = piece
        self._now += len(piece)
        window = self._hops.add(piece)
        if window is None:
            return None
        power = float(np.mean(np.square(window, dtype=np.float32)))
        match self._endpointer.feed(self._vad.score(window), len(window), power):
            case Verdict.ENDED:
                return self._utterance(capped=False)
            case Verdict.CAPPED:
                return self._utterance(capped=True)
            case Verdict.PAUSED:
                silence = self._options.pauses[self._endpointer.pauses - 1]
                return Paused(self._utterance(capped=False), silence)
            case Verdict.NO_SPEECH:
                return GaveUp(GiveUp.NO_SPEECH, self._now)
            case Verdict.WAITING | Verdict.SPEAKING:
                return None

    def _utterance(self, *, capped: bool) -> Utterance:
        begun, ended = self._endpointer.speech_start, self._endpointer.speech_end
        assert begun is not None
        assert ended is not None
        paused = begun - samples(_LEAD)
        first = paused if paused > 0 else -self._before
        return Utterance(
            pcm=self._sound[self._before + first : self._before + self._now - self._start],
            start=self._start + first,
            speech_end=self._start + ended,
            ended=self._now,
            capped=capped,
        )
