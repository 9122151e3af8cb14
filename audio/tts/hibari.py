"""Text to speech by hibari, voice "heart": small, natural, English, 24 kHz."""

from dataclasses import dataclass

import numpy as np
from hibari import SAMPLE_RATE, Hibari

from audio.engines import Files
from audio.frames import Pcm
from audio.tts._packed import Packed


@dataclass(frozen=True, slots=True)
class Options:
    speed: float = 1.0
    """0.5 slow .. 2.0 fast."""


def files(_: Options) -> tuple[str, ...]:
    """None: the voice is part of the installed package."""
    return ()


class Engine:
    rate: int = SAMPLE_RATE

    def __init__(self, options: Options, _: Files) -> None:
        self._speed = options.speed
        self._hibari = packed(Hibari())
        # Reads the lexicon and, for the word in no lexicon, the model that spells it out now:
        # a sealed process opens no files later.
        self._hibari("Ready, Qwixlithor.")

    def speak(self, text: str) -> Pcm:
        sound = self._hibari(text, speed=self._speed)
        pcm: Pcm = (np.clip(sound, -1.0, 1.0) * 32767).astype(np.int16)
        return pcm


def packed(hibari: Hibari) -> Hibari:
    """With its tables, 70 MB of small objects, in 17; it reads all the same."""
    lexicon, tagger = hibari.g2p.lexicon, hibari.g2p.tagger
    lexicon.golds.d = Packed(lexicon.golds.d)
    lexicon.silvers.d = Packed(lexicon.silvers.d)
    tagger.weights = Packed(tagger.weights)
    tagger.vocab = Packed(dict.fromkeys(tagger.vocab))
    return hibari
