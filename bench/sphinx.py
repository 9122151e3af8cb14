"""pocketsphinx that may hear only what can be said to this home, for comparison.

Its own American English model and dictionary; words it lacks get our rules' pronunciation. It
decodes while one speaks, on one thread (it has no more), and stops where Home Assistant's segmenter
does: its own ends a turn at the pauses inside an order.
"""

import time
from collections.abc import Iterable

from audio.frames import RATE, Pcm
from bench.fsg import Fsg
from intents import english

try:
    from pocketsphinx import Decoder
except ModuleNotFoundError:  # it has wheels for few machines and Pythons
    Decoder = None
HAS_SPHINX = Decoder is not None

_BLOCK = RATE // 10
_NAME = "home"
_ARPABET = (
    "I=IY i=IH E=EY e=EH a=AE V=AH R=ER A=AA O=AO o=OW U=UH u=UW Y=AY W=AW Q=OY p=P b=B m=M f=F "
    "v=V w=W T=TH t=T d=D s=S z=Z n=N l=L r=R S=SH Z=ZH C=CH J=JH y=Y k=K g=G N=NG h=HH"
)
_PHONES = dict(pair.split("=") for pair in _ARPABET.split())
"""Sounds of intents.english in the letters of the dictionary."""


class Sphinx:
    def __init__(self, fsg: Fsg) -> None:
        self._decoder = Decoder(samprate=float(RATE), lm=None, loglevel="FATAL")
        _add_words(self._decoder, fsg.words)
        grammar = self._decoder.create_fsg(_NAME, 0, fsg.end, list(fsg.arcs))
        self._decoder.add_fsg(_NAME, grammar)
        self._decoder.activate_search(_NAME)

    def transcribe(self, sound: Pcm) -> tuple[str, float]:
        """The sentence of the grammar, "" for none; seconds of computing left when `sound` ends."""
        clock = 0.0
        self._decoder.start_utt()
        for start in range(0, len(sound), _BLOCK):
            block = sound[start : start + _BLOCK]
            clock = max(clock, (start + len(block)) / RATE)
            began = time.perf_counter()
            self._decoder.process_raw(block.tobytes())
            clock += time.perf_counter() - began
        began = time.perf_counter()
        self._decoder.end_utt()
        found = self._decoder.hyp()
        clock += time.perf_counter() - began
        return (found.hypstr if found else ""), clock - len(sound) / RATE


def _add_words(decoder: Decoder, words: Iterable[str]) -> None:
    for word in sorted(words):
        if decoder.lookup_word(word) is None:
            phones = [_PHONES[sound] for sound in english.sound(word)]
            decoder.add_word(word, " ".join(phones), False)  # noqa: FBT003 - no name is taken
