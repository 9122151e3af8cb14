"""From the settings file to what each process of the family is given. Pure."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from hub.config import Config, EngineSection
from hub.settings import (
    EngineChoice,
    Hear,
    LauncherSettings,
    MouthSettings,
    SensesSettings,
)

_ENGLISH_VOICES = ("hibari",)
_MULTILINGUAL = "base"
"""The whisper model for every language but English."""


def launcher_settings(
    config: Config, file: Path | None, samples: Sequence[Path] = (), *, once: bool = False
) -> LauncherSettings:
    """`samples`: recordings for a demo without a microphone; `once` plays the first and ends."""
    house = (*(("--config", str(file)) if file else ()), *(("--once",) if once else ()))
    return LauncherSettings(
        senses=senses_settings(config, samples, once=once),
        mouth=mouth_settings(config),
        house=house,
        fallback=bool(samples) and not once and config.microphone.source == "auto",
    )


def senses_settings(config: Config, samples: Sequence[Path], *, once: bool) -> SensesSettings:
    chosen = config.microphone
    recordings = chosen.files or samples
    return SensesSettings(
        hear=hear_settings(config),
        source="recordings" if once or chosen.files else _source(config),
        device=chosen.device,
        recordings=tuple(str(file) for file in (recordings[:1] if once else recordings)),
    )


def _source(config: Config) -> Literal["microphone", "none"]:
    return "none" if config.microphone.source == "none" else "microphone"


def hear_settings(config: Config) -> Hear:
    return Hear(
        language=config.language,
        area=config.area,
        wake=choice(config.wake),
        vad=choice(config.vad),
        asr=recogniser(config),
        silence=config.listen.silence,
        no_speech=config.listen.no_speech,
        longest=config.listen.longest,
        sensitivity=config.listen.sensitivity,
        words=config.privacy.words,
    )


def mouth_settings(config: Config) -> MouthSettings:
    return MouthSettings(
        tts=choice(config.tts) if can_speak(config) else None,
        language=config.language,
        device=config.speaker.device,
        file=str(config.speaker.file) if config.speaker.file else None,
        earcons=config.speaker.earcons,
    )


def can_speak(config: Config) -> bool:
    """Whether the chosen voice speaks the chosen language; if not, only earcons sound."""
    return config.language.startswith("en") or config.tts.engine not in _ENGLISH_VOICES


def recogniser(config: Config) -> EngineChoice:
    chosen = choice(config.asr)
    if chosen.engine == "whisper" and not config.language.startswith("en"):
        return EngineChoice(engine="whisper", options={"model": _MULTILINGUAL, **chosen.options})
    return chosen


def choice(section: EngineSection) -> EngineChoice:
    return EngineChoice(engine=section.engine, options=section.options())
