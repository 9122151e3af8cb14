"""A client's sound as it comes: written down when it ends, or watched for wake words meanwhile."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from wyoming.asr import Transcript
from wyoming.wake import Detection, NotDetected

from integrations.wyoming.events import Data, Told, tell
from integrations.wyoming.offers import Offers, check_language
from integrations.wyoming.wire import Refused

_RATES, _WIDTHS, _MOST_CHANNELS = range(8_000, 96_001), (1, 2, 4), 8


@dataclass(frozen=True, slots=True)
class Format:
    """Samples a second, bytes a sample, channels."""

    rate: int
    width: int
    channels: int


class Utterance(Protocol):
    async def add(self, sound: bytes) -> None:
        """Raises Refused where it grows too long."""

    async def words(self) -> str:
        """Empty where nothing was said."""
        ...


class Vigil(Protocol):
    async def add(self, sound: bytes) -> Sequence[str]:
        """The wake words that were heard in it."""
        ...

    def close(self) -> None: ...


class Ears(Protocol):
    def utterance(self, form: Format) -> Utterance: ...

    def vigil(self, form: Format, words: frozenset[str]) -> Vigil:
        """Raises Refused where too many keep one."""
        ...


@dataclass(slots=True)
class Hearing:
    """Of one client."""

    ears: Ears
    offers: Offers
    writer: asyncio.StreamWriter
    _words: frozenset[str] | None = None
    """Those it waits for; None: it wants its sound written down."""
    _format: Format | None = None
    _utterance: Utterance | None = None
    _vigil: Vigil | None = None
    _detected: bool = False

    async def take(self, told: Told) -> None:
        match told.kind:
            case "transcribe":
                check_language(self.offers.asr, told.data.language)
                self.forget()
                self._words = None
            case "detect":
                self.forget()
                self._words = self._wanted(told.data.names)
            case "audio-start":
                self.forget()
            case "audio-chunk":
                await self._hear(told)
            case _:
                await self._end()
                self.forget()

    def forget(self) -> None:
        if self._vigil is not None:
            self._vigil.close()
        self._utterance = self._vigil = self._format = None
        self._detected = False

    def _wanted(self, names: list[str] | None) -> frozenset[str]:
        known = frozenset(each.name for each in self.offers.wake)
        wanted = frozenset(names or known)
        if not wanted or not wanted <= known:
            raise Refused(f"Wake words here: {', '.join(sorted(known)) or 'none'}.")
        return wanted

    async def _hear(self, told: Told) -> None:
        form = _format(told.data)
        if self._format is None:
            self._begin(form)
        elif form != self._format:
            raise Refused("The sound changes its format before it ends.")
        if self._utterance is not None:
            await self._utterance.add(told.sound)
        if self._vigil is not None:
            for word in await self._vigil.add(told.sound):
                self._detected = True
                found = Detection(name=word, timestamp=told.data.timestamp)
                await tell(self.writer, found.event())

    def _begin(self, form: Format) -> None:
        self._format = form
        if self._words is not None:
            self._vigil = self.ears.vigil(form, self._words)
        elif self.offers.asr:
            self._utterance = self.ears.utterance(form)
        else:
            raise Refused("Speech to text is not lent here.")

    async def _end(self) -> None:
        if self._words is None:
            words = await self._utterance.words() if self._utterance is not None else ""
            await tell(self.writer, Transcript(text=words).event())
        elif not self._detected:
            await tell(self.writer, NotDetected().event())


def _format(data: Data) -> Format:
    """Raises Refused."""
    rate, width, channels = data.rate or 0, data.width or 0, data.channels or 0
    if rate in _RATES and width in _WIDTHS and 1 <= channels <= _MOST_CHANNELS:
        return Format(rate, width, channels)
    raise Refused(
        "Sound here has 8,000 to 96,000 samples a second, of 1, 2 or 4 bytes, "
        f"in at most {_MOST_CHANNELS} channels."
    )
