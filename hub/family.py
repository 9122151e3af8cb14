"""From the settings file to what each process of the family is given. Pure."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from hub.button.settings import ButtonSettings
from hub.config import Config, EngineSection
from hub.door.turns import Permission
from hub.engines import Kind, engine_options
from hub.eyes.of_config import cameras
from hub.fields import MICROPHONE, SATELLITE
from hub.keep.settings import Recordings
from hub.launcher_settings import LauncherSettings
from hub.lending.settings import BoothSettings
from hub.satellites.settings import Satellite
from hub.settings import (
    EngineChoice,
    Hear,
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
        recordings=recordings(config),
        cameras=cameras(config),
        booth=booth_settings(config),
        satellites=tuple(
            Satellite(key=key, host=each.host, port=each.port)
            for key, each in config.satellites.items()
        ),
        button=button_settings(config),
    )


def button_settings(config: Config) -> ButtonSettings:
    return ButtonSettings(mute=config.button.mute, light=config.button.light)


def booth_settings(config: Config) -> BoothSettings | None:
    """Only where the owner lends ears or voice."""
    lent = config.wyoming.speech if config.wyoming is not None else None
    if lent is None:
        return None
    return BoothSettings(
        name=config.name,
        language=config.language,
        listen=lent.listen,
        port=lent.port,
        asr=recogniser(config) if lent.asr else None,
        vad=choice(config.vad) if lent.asr else None,
        tts=choice(config.tts) if lent.tts and can_speak(config) else None,
        wake=choice(config.wake) if lent.wake else None,
        sensitivity=config.listen.sensitivity,
    )


def recordings(config: Config) -> Recordings | None:
    wanted = config.debug.recordings
    if wanted is None:
        return None
    return Recordings(to=wanted.to, hours=wanted.hours, keep_days=wanted.keep_days)


def senses_settings(config: Config, samples: Sequence[Path], *, once: bool) -> SensesSettings:
    chosen = config.microphone
    recordings = chosen.files or samples
    return SensesSettings(
        hear=hear_settings(config),
        satellites={key: each.area for key, each in config.satellites.items()},
        known_voices=config.listen.voices == "enrolled",
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
        sentences=tuple(str(path) for path in config.sentences),
    )


def permission(config: Config) -> Permission:
    """What the word door lets pass."""
    return Permission(
        wake_words=frozenset(wake_words(config.wake)),
        rooms={
            MICROPHONE: config.area,
            **{f"{SATELLITE}{key}": each.area for key, each in config.satellites.items()},
        },
        words=config.privacy.words,
        open_text=config.privacy.open_text,
    )


def wake_words(section: EngineSection) -> Sequence[str]:
    """Those chosen, or the engine's own choice."""
    chosen = section.options().get("words")
    if chosen is not None:
        return tuple(map(str, chosen))
    options = {option.name: option.default for option in engine_options("wake", section.engine)}
    words = options["words"]
    assert isinstance(words, tuple)
    return words


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


def engines(config: Config) -> Mapping[Kind, EngineChoice]:
    """Those that these settings make the hub load."""
    chosen: dict[Kind, EngineChoice] = {
        "wake": choice(config.wake),
        "vad": choice(config.vad),
        "asr": recogniser(config),
        "tts": choice(config.tts),
    }
    if config.cameras:
        chosen["detect"] = choice(config.detect)
    return chosen


def recogniser(config: Config) -> EngineChoice:
    chosen = choice(config.asr)
    if chosen.engine == "whisper" and not config.language.startswith("en"):
        return EngineChoice(engine="whisper", options={"model": _MULTILINGUAL, **chosen.options})
    return chosen


def choice(section: EngineSection) -> EngineChoice:
    return EngineChoice(engine=section.engine, options=section.options())
