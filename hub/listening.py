"""A recording heard from its first sample to the answer, as fast as the machine goes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from audio.engines import Vad
from audio.files import frames, silence
from audio.frames import RATE, Frame, Pcm
from hub.asker import Asker
from hub.conversation import Conversation
from hub.hearing import Hearing
from hub.messages import Heard, NotHeard
from hub.turn import Turn
from intents.wishes import Wish

_SPEECH = 0.5
"""Silero's probability from which a window counts as speech (interfaces.md)."""
_BLOCK = RATE // 10


@dataclass(frozen=True, slots=True)
class Take:
    """A turn found in a recording; `at`: seconds from its first sample to the intent."""

    turn: Turn
    at: float


async def listen(sound: Pcm, hearing: Hearing, conversation: Conversation) -> list[Take]:
    """Every turn in `sound`, in order; to the ear a recording is the start of a new stream."""
    takes = []
    for frame in _with_silence(sound):
        for report in hearing.feed(frame):
            match report:
                case NotHeard(reason="no_speech") if not hearing.wake_words:
                    pass  # the end of the recording, not a turn
                case Heard() | NotHeard():
                    takes.append(Take(await _turn(report, conversation), hearing.answered_at))
    return takes


def read(file: Path) -> Pcm:
    """A whole recording. Raises SoundFileError."""
    parts = [frame.pcm for frame in frames(file)]
    return np.concatenate(parts) if parts else np.zeros(0, np.int16)


def last_speech(sound: Pcm, vad: Vad) -> float:
    """Seconds to the end of the last window that holds speech; 0 where there is none."""
    vad.reset()
    windows = len(sound) // vad.hop
    cut = [sound[i * vad.hop : (i + 1) * vad.hop] for i in range(windows)]
    spoken = [i for i, window in enumerate(cut) if vad.score(window) >= _SPEECH]
    return (spoken[-1] + 1) * vad.hop / RATE if spoken else 0.0


async def _turn(report: Heard | NotHeard, conversation: Conversation) -> Turn:
    if isinstance(report, NotHeard):
        turn = Turn((), nearest=report.nearest)
    else:
        wishes = tuple(Wish(w.intent, w.slots, w.score, w.response) for w in report.wishes)
        turn = await conversation.take(wishes, Asker("voice", report.area))
        turn = replace(turn, words=report.words)
    return replace(turn, confidence=report.confidence, seconds=report.seconds)


def _with_silence(sound: Pcm) -> Iterator[Frame]:
    """Silence follows every recording, as in life: its end must be waited for."""
    for start in range(0, len(sound), _BLOCK):
        yield Frame(sound[start : start + _BLOCK], start)
    yield from silence(len(sound))
