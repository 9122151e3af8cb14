"""What one ear reports: the vocabulary between the listener and whoever holds it."""

from dataclasses import dataclass, field
from enum import StrEnum

from audio.frames import Pcm


class GiveUp(StrEnum):
    """Why a turn that began with a wake word ended without an utterance."""

    NO_SPEECH = "no_speech"
    SOUND_LOST = "sound_lost"


@dataclass(frozen=True, slots=True)
class Woke:
    """A wake word was heard. `at`: sample index of the decision; `score` 0..1."""

    word: str
    score: float
    at: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """One spoken command, pre-roll included.

    `start`: sample index of pcm[0]. `speech_end`: end of the last VAD window judged speech.
    `ended`: sample index at which the endpointer decided; the wait is `ended - speech_end`.
    `capped`: it was cut at the longest length allowed.
    """

    pcm: Pcm = field(repr=False)
    start: int
    speech_end: int
    ended: int
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Paused:
    """The speaker has paused for `silence` seconds; `so_far` may be all, or go on.

    Whoever knows what a whole command is may end the turn now (`Listener.finish`).
    """

    so_far: Utterance
    silence: float


@dataclass(frozen=True, slots=True)
class GaveUp:
    reason: GiveUp
    at: int


Event = Woke | Paused | Utterance | GaveUp
