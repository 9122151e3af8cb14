"""What each process is given at its start, and no more: no secret reaches senses or mouth.

Sent as one JSON argument, or in nameless memory where it says where a camera is. The house reads
the settings file itself; it alone needs its secrets.
"""

import os
from typing import Literal, TypeVar

import msgspec

SoundSource = Literal["microphone", "recordings", "none"]
S = TypeVar("S", bound=msgspec.Struct)


class EngineChoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An engine's file name and its own options."""

    engine: str
    options: dict[str, str | int | float | bool | list[str]] = {}


class Hear(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one ear hears: engines, patience in seconds, the room it stands in, and the files of the
    owner's own sentences.
    """

    language: str = "en"
    area: str | None = None
    wake: EngineChoice | None
    vad: EngineChoice
    asr: EngineChoice
    silence: float = 1.5
    no_speech: float = 5.0
    longest: float = 15.0
    sensitivity: float = 0.5
    words: bool = True
    sentences: tuple[str, ...] = ()


class SensesSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`source`: the microphone, or recordings paced like life, or nothing (muted). `known_voices`:
    only the wake word of those who are enrolled counts. `satellites`: key -> the room of each, as
    `Hear.area`.
    """

    hear: Hear
    satellites: dict[str, str | None] = {}
    known_voices: bool = False
    source: SoundSource
    device: str | int | None = None
    recordings: tuple[str, ...] = ()


class MouthSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`file`: write to this WAV instead of playing; without `tts` only earcons sound."""

    tts: EngineChoice | None
    language: str = "en"
    device: str | int | None = None
    file: str | None = None
    earcons: bool = True


def encode(settings: msgspec.Struct) -> str:
    return msgspec.json.encode(settings).decode()


def in_memory(settings: msgspec.Struct) -> int:
    """A descriptor of nameless memory that holds them: arguments can be read by everybody."""
    memory = os.memfd_create("inglenook")
    os.write(memory, msgspec.json.encode(settings))
    return memory


def from_memory(memory: int, kind: type[S]) -> S:
    """Those that an inherited descriptor holds; it is closed."""
    with os.fdopen(memory, "rb") as told:
        told.seek(0)
        return msgspec.json.decode(told.read(), type=kind)
