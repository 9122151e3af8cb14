"""Other people's sound to words: each client's by itself, in threads, one utterance at a time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from audio.engines import Asr, Vad, Wake
from audio.frames import Pcm, samples
from audio.hops import Hops
from hub.lending.sound import Incoming
from hub.lending.tally import Tally
from integrations.wyoming.hearing import Format
from integrations.wyoming.wire import Refused

_LONGEST = 30
"""Seconds of an utterance."""
_SPEECH = 0.3
"""Score 0..1 of a window, from which there may be speech; without any, engines guess."""
_REFRACTORY = samples(2.0)
"""A word that was found is not told again for so long."""


@dataclass
class Recogniser:
    """`vad` tells whether there is anything to recognise."""

    asr: Asr
    vad: Vad
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def words(self, pcm: Pcm) -> str:
        async with self._turn:
            return await asyncio.to_thread(self._recognise, pcm)

    def _recognise(self, pcm: Pcm) -> str:
        return self.asr.transcribe(pcm).text if self._has_speech(pcm) else ""

    def _has_speech(self, pcm: Pcm) -> bool:
        self.vad.reset()
        hop = self.vad.hop
        windows = (pcm[at : at + hop] for at in range(0, len(pcm) - hop + 1, hop))
        return any(self.vad.score(window) >= _SPEECH for window in windows)


@dataclass
class LentEars:
    """`watches`: wake engines that nobody uses now; `threshold`: score 0..1 that wakes."""

    recogniser: Recogniser | None
    watches: list[Wake]
    threshold: float
    tally: Tally

    def utterance(self, form: Format) -> "LentUtterance":
        assert self.recogniser is not None, "without one it is not offered"
        return LentUtterance(self.recogniser, self.tally, Incoming(form))

    def vigil(self, form: Format, words: frozenset[str]) -> "LentVigil":
        if not self.watches:
            raise Refused("Too many wait for wake words already.")
        return LentVigil(self.watches.pop(), words, self, Incoming(form))


@dataclass
class LentUtterance:
    recogniser: Recogniser
    tally: Tally
    incoming: Incoming
    _heard: list[Pcm] = field(default_factory=list, repr=False)
    _length: int = 0

    async def add(self, sound: bytes) -> None:
        self._keep(self.incoming.take(sound))
        if self._length > samples(_LONGEST):
            raise Refused(f"An utterance has at most {_LONGEST} seconds.")

    async def words(self) -> str:
        self._keep(self.incoming.rest())
        words = await self.recogniser.words(np.concatenate(self._heard))
        self.tally.written += 1
        return words

    def _keep(self, pcm: Pcm) -> None:
        self._heard.append(pcm)
        self._length += len(pcm)


@dataclass
class LentVigil:
    wake: Wake
    words: frozenset[str]
    ears: LentEars
    incoming: Incoming
    _hops: Hops = field(init=False)
    _at: int = 0
    _deaf_until: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wake.reset()
        self._hops = Hops(self.wake.hop)

    async def add(self, sound: bytes) -> Sequence[str]:
        found = await asyncio.to_thread(self._watch, self.incoming.take(sound))
        self.ears.tally.woken += len(found)
        return found

    def close(self) -> None:
        """Once."""
        self.ears.watches.append(self.wake)

    def _watch(self, pcm: Pcm) -> list[str]:
        found: list[str] = []
        while len(pcm):
            room = self._hops.room
            hop, pcm = self._hops.add(pcm[:room]), pcm[room:]
            if hop is not None:
                self._at += len(hop)
                found += filter(self._is_news, self._heeded(hop))
        return found

    def _heeded(self, hop: Pcm) -> list[str]:
        scores = self.wake.scores(hop).items()
        return [w for w, score in scores if w in self.words and score >= self.ears.threshold]

    def _is_news(self, word: str) -> bool:
        if self._at < self._deaf_until.get(word, 0):
            return False
        self._deaf_until[word] = self._at + _REFRACTORY
        return True
