"""Text to sound for others: one sentence at a time, in a thread."""

import asyncio
from dataclasses import dataclass, field

from audio.engines import Tts
from hub.lending.tally import Tally
from integrations.wyoming.hearing import Format


@dataclass
class LentVoice:
    tts: Tts
    tally: Tally
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def form(self) -> Format:
        return Format(self.tts.rate, 2, 1)

    async def speak(self, text: str) -> bytes:
        async with self._turn:
            pcm = await asyncio.to_thread(self.tts.speak, text)
        self.tally.spoken += 1
        return pcm.astype("<i2").tobytes()
