"""What PortAudio knows about the machine's sound devices, as far as we need it."""

import itertools
from dataclasses import dataclass
from enum import StrEnum

from audio.frames import RATE
from audio.portaudio import portaudio, quiet


class Direction(StrEnum):
    IN = "input"
    OUT = "output"


@dataclass(frozen=True, slots=True)
class Device:
    """`rate` in samples per second and `channels` are what the device takes without complaint."""

    index: int
    name: str
    rate: int
    channels: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A device as people choose one; `inputs` and `outputs` are channels."""

    index: int
    name: str
    inputs: int
    outputs: int
    default: bool


def listed() -> tuple[Listed, ...]:
    """Every device of this machine. Raises NoPortAudioError."""
    sound = portaudio()
    defaults = set(sound.default.device)
    return tuple(
        Listed(
            index,
            str(info["name"]),
            int(info["max_input_channels"]),
            int(info["max_output_channels"]),
            index in defaults,
        )
        for index, info in enumerate(sound.query_devices())
    )


def find(device: str | int | None, direction: Direction) -> Device | None:
    """The device of that number, or whose name holds that text, or the default; None if none.

    Raises NoPortAudioError.
    """
    sound = portaudio()
    try:
        info = sound.query_devices(device, direction.value)
    except (ValueError, sound.PortAudioError):
        # ValueError: no name matches, or several; PortAudioError: no default, no such number.
        return None
    most = int(info[f"max_{direction}_channels"])
    if most == 0:
        return None
    index, usual = int(info["index"]), round(info["default_samplerate"])
    rate, channels = _taken(index, usual, most, direction)
    return Device(index, str(info["name"]), rate, channels)


def _taken(index: int, usual: int, most: int, direction: Direction) -> tuple[int, int]:
    """Rate and channels that the device takes: ours and mono where it can, which costs least.

    Hardware may insist on its own rate, on stereo, or on all its channels.
    """
    sound = portaudio()
    check = {
        Direction.IN: sound.check_input_settings,
        Direction.OUT: sound.check_output_settings,
    }[direction]
    rates = (RATE, usual) if direction is Direction.IN else (usual,)
    for rate, channels in itertools.product(rates, (1, 2)):
        try:
            with quiet():
                check(device=index, channels=channels, dtype="int16", samplerate=rate)
        except sound.PortAudioError:
            continue
        return rate, channels
    return usual, most
