"""In senses, while the owner records: each utterance as a WAV, encrypted before it leaves."""

import io
import wave

from pyrage.x25519 import Recipient

from audio.frames import RATE, Pcm
from hub.keep.journal import Journal
from hub.keep.owner import closed


class Recorder:
    def __init__(self, owner: Recipient, journal: Journal) -> None:
        self._owner = owner
        self._journal = journal

    def keep(self, pcm: Pcm) -> None:
        """One utterance, up to 30 s. Nothing is done once the launcher has ended the recording."""
        if not self._journal.closed:
            self._journal.keep(closed(_wav(pcm), self._owner))


def _wav(pcm: Pcm) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(pcm.astype("<i2").tobytes())
    return file.getvalue()
