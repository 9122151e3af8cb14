"""The hub's own sound: taken out of what is heard, and no wake word in it is heeded. Pure.

Only while something is played, and until its last echo: else frames pass as they are. Each sound
reaches the loudspeaker with a delay of its own, which is found first: then what was learnt of the
room with the sounds before is right for this one too.
"""

import numpy as np

from audio.delay import Delay, delay
from audio.echo import BLOCK, Canceller
from audio.frames import NO_SOUND, Frame, Pcm, samples
from audio.hops import Hops
from audio.own_voice import OwnVoice
from audio.timeline import Timeline

_LEAD = samples(0.1)
"""What is played is placed so much before its moment. An echo must not come before its sound, and a
sound server may hand both over early: PulseAudio's null sink does, by .01 to .07 s.
"""
_AIM = BLOCK
"""Samples from there to its first echo, once the delay is known."""
_LOOK = samples(0.5)
"""What is looked at to find the delay."""
_LOOKS = 4
"""After so many it is left as it is."""
_CLEAR, _AGREED = 20.0, 8.0
"""Clarity that is enough at once, and where two looks find the same."""


class OwnSound:
    def __init__(self, canceller: Canceller, voice: OwnVoice) -> None:
        self._canceller = canceller
        self._voice = voice
        self._hops = Hops(voice.hop)
        self._played = Timeline()
        self._held: Pcm = NO_SOUND
        self._heard: Pcm = NO_SOUND
        """What was heard since the last look."""
        self._looks = 0
        """How often the delay of the present sound may still be looked for."""
        self._last: Delay | None = None
        self._moved = -_LEAD
        self._end = 0
        self._until = 0
        """The sample after which no echo comes."""

    def play(self, pcm: Pcm, at: int, *, new: bool) -> None:
        """`pcm` is played from the moment on at which sample `at` is heard; `new`: it begins."""
        if new:
            self._looks, self._last, self._heard = _LOOKS, None, NO_SOUND
        begin = at + self._moved
        if self._played.put(pcm, begin):
            self._until = max(self._until, begin + len(pcm) + self._canceller.tail)

    def clean(self, frame: Frame) -> Frame:
        """The next frame without its echo; less than a block of it may come with the one after."""
        if frame.start != self._end:
            self._held = NO_SOUND
        self._end = frame.end
        start = frame.start - len(self._held)
        sound = np.concatenate((self._held, frame.pcm)) if len(self._held) else frame.pcm
        self._played.go_to(start)
        if start >= self._until:
            self._held = NO_SOUND
            self._hops.clear()
            return Frame(sound, start)
        whole = len(sound) // BLOCK * BLOCK
        sound, self._held = sound[:whole], sound[whole:]
        if self._looks:
            self._look(sound, start)
        played = self._played.between(start, start + whole)
        self._listen(played, start)
        return Frame(self._canceller.clean(sound, played) if not self._looks else sound, start)

    def said(self, word: str, at: int) -> bool:
        """Whether a `word` heard at sample `at` is the hub's own."""
        return self._voice.said(word, at)

    def _look(self, heard: Pcm, start: int) -> None:
        """For the delay of a sound that is new."""
        self._heard = np.concatenate((self._heard, heard))
        if len(self._heard) < _LOOK:
            return
        end, tail = start + len(heard) + _LEAD, self._canceller.tail
        # What is placed later: the echo may come before what is placed now, too.
        played = self._played.between(end - len(self._heard), end)
        found = delay(played, self._heard, _LEAD + tail)
        self._heard = NO_SOUND
        self._looks -= 1
        if found is not None and self._is_right(found):
            self._looks = 0
            self._move(found.samples - _LEAD - _AIM)
        self._last = found
        if not self._looks:
            self._canceller.recall(self._played.between(start - tail, start))

    def _is_right(self, found: Delay) -> bool:
        agreed = self._last is not None and self._last.samples == found.samples
        return found.clarity >= (_AGREED if agreed else _CLEAR)

    def _move(self, by: int) -> None:
        """What is played comes so much later than was thought."""
        self._moved += by
        self._until += by
        self._played.move(by)

    def _listen(self, played: Pcm, start: int) -> None:
        """To itself."""
        while len(played):
            piece, played = played[: self._hops.room], played[self._hops.room :]
            start += len(piece)
            hop = self._hops.add(piece)
            if hop is not None:
                self._voice.hear(hop, start)
