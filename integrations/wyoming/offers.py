"""What is lent by Wyoming, as the protocol tells it: models with their makers and languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from wyoming.event import Event
from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    Info,
    TtsProgram,
    TtsVoice,
    WakeModel,
    WakeProgram,
)

from integrations.wyoming.wire import Refused

Artifact = tuple[str, Attribution, bool, str, str | None]
"""What all of the protocol's programs and models begin with."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One model. `by` and `url`: who made it, under which licence; `phrase`: of a wake word."""

    name: str
    by: str
    url: str
    languages: tuple[str, ...]
    phrase: str | None = None

    @property
    def artifact(self) -> Artifact:
        made = Attribution(name=self.by, url=self.url)
        return self.name, made, True, self.phrase or self.name, None


@dataclass(frozen=True, slots=True)
class Offers:
    """`name`, `version`: of the hub. What is empty is not lent."""

    name: str
    version: str
    asr: tuple[Offer, ...] = ()
    tts: tuple[Offer, ...] = ()
    wake: tuple[Offer, ...] = ()

    def info(self) -> Event:
        ears = [AsrModel(*each.artifact, list(each.languages)) for each in self.asr]
        voices = [TtsVoice(*each.artifact, list(each.languages)) for each in self.tts]
        words = [WakeModel(*each.artifact, list(each.languages), each.phrase) for each in self.wake]
        speech = self._program("Text to speech")
        return Info(
            asr=[_ears(self._program("Speech to text"), ears)] if ears else [],
            tts=[TtsProgram(*speech, voices, supports_synthesize_streaming=True)] if voices else [],
            wake=[WakeProgram(*self._program("Wake words"), words)] if words else [],
        ).event()

    def _program(self, about: str) -> Artifact:
        return self.name, Attribution(name="Inglenook", url=""), True, about, self.version


def _ears(program: Artifact, models: list[AsrModel]) -> AsrProgram:
    """What cleans sound for people's ears costs words."""
    return AsrProgram(*program, models, prefers_noise_reduction_enabled=False)


def check_language(offers: Sequence[Offer], wanted: str | None) -> None:
    """Whatever its region. Raises Refused."""
    known = sorted({language for offer in offers for language in offer.languages})
    if wanted and _base(wanted) not in map(_base, known):
        raise Refused(f"Languages here: {', '.join(known)}.")


def _base(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()
