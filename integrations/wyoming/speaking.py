"""Text to sound for one client: sentence by sentence, so that the first is heard while the next is
still made; also of a text that comes in pieces.
"""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Protocol

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.tts import SynthesizeStopped

from integrations.wyoming.events import Data, Told, tell
from integrations.wyoming.hearing import Format
from integrations.wyoming.offers import Offers, check_language
from integrations.wyoming.wire import LARGEST, Refused

_AT_ONCE = 4_096
"""Bytes of sound that are told at once."""
_SHORTEST, _LONGEST = 24, 400
"""Letters said at once: a shorter sentence ("Dr.") waits for the next, a longer one is cut."""
_END = re.compile(r"[.!?…:;](?=\s)|\n")
_CUT = re.compile(rf"(?s).{{1,{_LONGEST}}}(?:\s|\Z)|\S{{{_LONGEST}}}")


class Voice(Protocol):
    """`form`: how it sounds, 16 bit and mono."""

    @property
    def form(self) -> Format: ...

    async def speak(self, text: str) -> bytes: ...


@dataclass(slots=True)
class Speaking:
    """With one client. `voice` None: none is lent."""

    voice: Voice | None
    offers: Offers
    writer: asyncio.StreamWriter
    _rest: str | None = field(default=None, repr=False)
    """Of a text that comes in pieces."""
    _begun: bool = False

    async def take(self, told: Told) -> None:
        if self.voice is None:
            raise Refused("Text to speech is not lent here.")
        text = told.data.text or ""
        match told.kind:
            case "synthesize" if self._rest is not None:
                pass  # once more, for those who take no pieces
            case "synthesize":
                self._check(told.data)
                await self._end(self.voice, text)
            case "synthesize-start":
                self._check(told.data)
                self._rest = ""
            case "synthesize-chunk":
                whole, self._rest = parted((self._rest or "") + text)
                if len(self._rest) > LARGEST:
                    raise Refused(f"A sentence has at most {LARGEST} letters.")
                await self._say(self.voice, whole)
            case _:
                await self._end(self.voice, self._rest or "")
                self._rest = None
                await tell(self.writer, SynthesizeStopped().event())

    def _check(self, data: Data) -> None:
        known = [each.name for each in self.offers.tts]
        voice = data.voice
        if voice is not None and voice.name not in (None, *known):
            raise Refused(f"Voices here: {', '.join(known)}.")
        check_language(self.offers.tts, voice.language if voice is not None else None)
        if data.text_format not in (None, "text"):
            raise Refused("Text is taken as it is, without marks for the voice.")

    async def _say(self, voice: Voice, text: str) -> None:
        form = voice.form
        how = {"rate": form.rate, "width": form.width, "channels": form.channels}
        for piece in pieces(text):
            sound = await voice.speak(piece)
            if not self._begun:
                self._begun = True
                await tell(self.writer, AudioStart(**how).event())
            for at in range(0, len(sound), _AT_ONCE):
                chunk = AudioChunk(**how, audio=sound[at : at + _AT_ONCE])
                await tell(self.writer, chunk.event())

    async def _end(self, voice: Voice, text: str) -> None:
        await self._say(voice, text)
        if not self._begun:
            form = voice.form
            start = AudioStart(rate=form.rate, width=form.width, channels=form.channels)
            await tell(self.writer, start.event())
        self._begun = False
        await tell(self.writer, AudioStop().event())


def parted(text: str) -> tuple[str, str]:
    """The sentences that are whole, and what has begun behind them."""
    ends = [found.end() for found in _END.finditer(text)]
    last = ends[-1] if ends else 0
    return (text[:last], text[last:]) if last >= _SHORTEST else ("", text)


def pieces(text: str) -> list[str]:
    """Sentences, as they are said one after another; nothing of the text is left out."""
    found, start = [], 0
    for end in (*(each.end() for each in _END.finditer(text)), len(text)):
        if end - start >= _SHORTEST or end == len(text):
            found += [cut.group() for cut in _CUT.finditer(text[start:end])]
            start = end
    return [piece.strip() for piece in found if any(map(str.isalnum, piece))]
