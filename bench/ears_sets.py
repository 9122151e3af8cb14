"""The recordings that bench.ears hears: commands, orders in a noisy kitchen, and no commands."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from audio.engines import Vad
from audio.frames import Pcm
from hub.cli.hear import read_labels
from hub.listening import last_speech, read
from hub.local import Local, local
from hub.scoring import Label, Truth

NAMES = (
    "home_tts", "home_misc", "coffee", "coffee_24dB", "coffee_12dB", "coffee_6dB",
    "read_sentences", "negative",
)  # fmt: skip
T = TypeVar("T")
_NOTHING = Truth(None, {})


@dataclass(frozen=True, slots=True)
class Spoken:
    """`end`: seconds to the end of its speech, found before noise was added."""

    sound: Pcm
    end: float
    truth: Truth


@dataclass(frozen=True, slots=True)
class RecordingSet:
    """`commands`: False where whatever is done is wrong."""

    name: str
    local: Local
    spoken: tuple[Spoken, ...]
    commands: bool


def recording_set(name: str, data: Path, vad: Vad, limit: int | None) -> RecordingSet:
    """`limit`: at most so many, evenly chosen. Raises BadInput, DocumentError, SoundFileError."""
    commands = data / "voice_commands"
    match name.split("_"):
        case ["home", kind]:
            folder = commands / name
            home = folder / "home.yaml" if kind == "tts" else None
            where = local("en", home, None)
            spoken = _labelled(folder, where, vad, limit)
            return RecordingSet(name, where, spoken, commands=True)
        case ["coffee", *loudness]:
            folder = commands / "coffee_maker"
            where = local("en", None, folder / "grammar.yaml")
            spoken = _labelled(folder, where, vad, limit)
            if loudness:
                noises = data / "wakeword" / "negative" / "noise"
                spoken = _in_noise(spoken, noises, float(loudness[0].removesuffix("dB")))
            return RecordingSet(name, where, spoken, commands=True)
        case _:
            folder = data / ("wakeword/negative" if name == "negative" else f"asr/{name}")
            files = evenly(sorted(folder.rglob("*.wav")), limit)
            sounds = (read(file) for file in files)
            spoken = tuple(Spoken(each, last_speech(each, vad), _NOTHING) for each in sounds)
            return RecordingSet(name, local("en", None, None), spoken, commands=False)


def evenly(all_of: Sequence[T], limit: int | None) -> list[T]:
    """At most `limit` of them, as far apart as they can be."""
    if limit is None or limit >= len(all_of):
        return list(all_of)
    return [all_of[number * len(all_of) // limit] for number in range(limit)]


def mixed(speech: Pcm, noise: Pcm, decibels: float) -> Pcm:
    """Noise under the speech, from its beginning on and over again; RMS over RMS of the whole."""
    under = np.resize(noise, speech.shape).astype(np.float64)
    level = _rms(speech.astype(np.float64)) / max(_rms(under), 1.0) / 10 ** (decibels / 20)
    return np.clip(np.rint(speech + under * level), -32768, 32767).astype(np.int16)


def _in_noise(spoken: Sequence[Spoken], folder: Path, decibels: float) -> tuple[Spoken, ...]:
    """Each with the next of the noises."""
    noises = [read(file) for file in sorted(folder.glob("*.wav"))]
    return tuple(
        Spoken(mixed(each.sound, noises[at % len(noises)], decibels), each.end, each.truth)
        for at, each in enumerate(spoken)
    )


def _rms(sound: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.mean(np.square(sound))))


def _labelled(folder: Path, where: Local, vad: Vad, limit: int | None) -> tuple[Spoken, ...]:
    labels = evenly(read_labels(folder / "labels.jsonl"), limit)
    return tuple(_truly(labels, folder, where, vad))


def _truly(labels: Sequence[Label], folder: Path, where: Local, vad: Vad) -> Iterator[Spoken]:
    """Those whose text means something to this home when typed."""
    for label in labels:
        truth = _truth(label, where)
        if truth is not None:
            sound = read(folder / label.audio)
            yield Spoken(sound, last_speech(sound, vad), truth)


def _truth(label: Label, where: Local) -> Truth | None:
    if label.intent is not None:
        return Truth(label.intent, label.slots or {})
    turn = asyncio.run(where.conversation().ask(label.text or ""))
    return Truth(turn.wishes[0].intent, turn.wishes[0].slots) if turn.wishes else None
