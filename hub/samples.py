"""Commands for a hub without a microphone, spoken by its own voice and kept with its state."""

from collections.abc import Sequence
from pathlib import Path

from audio.engines import Tts
from audio.files import WavSink
from hub.config import Config
from hub.engines import Workshop
from hub.family import can_speak, choice
from hub.shelf.shelf import open_shelf

_COMMANDS = (
    "turn on the kitchen light",
    "set the bedroom lamp to thirty percent",
    "close the living room curtains",
    "is the front door locked",
    "set a timer for ten minutes",
    "unlock the front door",
    "what time is it",
)


def sample_files(config: Config, folder: Path) -> tuple[Path, ...]:
    """Speak those that are not there yet; none where the voice does not speak the language."""
    if not _are_spoken(config):
        return ()
    word = wake_phrase(config)
    files = tuple(folder / f"{config.tts.engine}-{_slug(word, text)}.wav" for text in _COMMANDS)
    if not all(file.is_file() for file in files):
        folder.mkdir(parents=True, exist_ok=True)
        tts = Workshop(open_shelf(), config.language).tts(choice(config.tts))
        _speak_all(tts, word, files)
    return files


def can_play(config: Config) -> bool:
    """Whether there are recordings that a hub with these settings can be let hear."""
    return bool(config.microphone.files) or (config.is_demo and _are_spoken(config))


def _are_spoken(config: Config) -> bool:
    return can_speak(config) and config.language.startswith("en")


def wake_phrase(config: Config) -> str:
    """The first wake word as one says it: "hey_jarvis" is "Hey Jarvis"."""
    words = config.wake.options().get("words") or ("hey_jarvis",)
    return str(words[0]).replace("_", " ").title()


def _slug(word: str, text: str) -> str:
    return f"{word} {text}".lower().replace(" ", "-")


def _speak_all(tts: Tts, word: str, files: Sequence[Path]) -> None:
    for text, file in zip(_COMMANDS, files, strict=True):
        unfinished = file.with_suffix(".part")
        sink = WavSink(unfinished)
        sink.play(tts.speak(f"{word}, {text}."), tts.rate)
        sink.close()
        unfinished.rename(file)
