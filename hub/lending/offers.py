"""What the booth offers, in the protocol's terms: each model with its maker and its licence."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from hub.engines import Kind, engine_options
from hub.lending.settings import BoothSettings
from hub.settings import EngineChoice
from hub.version import VERSION
from integrations.wyoming.offers import Offer, Offers

_MAKERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "whisper": ("OpenAI, by faster-whisper (MIT)", "https://github.com/openai/whisper"),
        "moonshine": ("Useful Sensors (MIT)", "https://github.com/moonshine-ai/moonshine"),
        "vosk": ("Alpha Cephei (Apache-2.0)", "https://alphacephei.com/vosk/models"),
        "hibari": ("hibari", ""),
        "piper": ("Piper (GPL-3.0)", "https://github.com/OHF-Voice/piper1-gpl"),
        "openwakeword": (
            "openWakeWord (models CC BY-NC-SA 4.0)",
            "https://github.com/dscripka/openWakeWord",
        ),
        "microwakeword": (
            "microWakeWord (Apache-2.0)",
            "https://github.com/OHF-Voice/micro-wake-word",
        ),
    }
)


def offers(settings: BoothSettings, wake_words: Sequence[str]) -> Offers:
    """An engine that is not in the list is offered by its name alone."""
    languages = (settings.language.split("-")[0],)
    words = [(word, word.replace("_", " ")) for word in wake_words]
    return Offers(
        name=settings.name,
        version=VERSION,
        asr=_offered("asr", settings.asr, languages),
        tts=_offered("tts", settings.tts, languages),
        wake=tuple(
            Offer(word, *_maker(settings.wake), languages, phrase)
            for word, phrase in words
            if settings.wake is not None
        ),
    )


def _offered(
    kind: Kind, choice: EngineChoice | None, languages: tuple[str, ...]
) -> tuple[Offer, ...]:
    if choice is None:
        return ()
    given = {each.name: each.default for each in engine_options(kind, choice.engine)}
    chosen = {**given, **choice.options}
    model = chosen.get("model", chosen.get("voice"))
    name = f"{choice.engine}-{model}" if model else choice.engine
    return (Offer(name, *_maker(choice), languages),)


def _maker(choice: EngineChoice | None) -> tuple[str, str]:
    engine = choice.engine if choice is not None else ""
    return _MAKERS.get(engine, (engine, ""))
