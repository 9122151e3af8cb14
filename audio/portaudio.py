"""PortAudio (through sounddevice) where this machine has it, without its chatter."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


class NoPortAudioError(Exception):
    """The library libportaudio2 is not installed on this machine."""


@contextmanager
def quiet() -> Iterator[None]:
    """ALSA and PortAudio write every try to standard error; what matters they also return."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


try:
    with quiet():
        import sounddevice
except OSError:  # it looks for the library when it is imported
    _module: ModuleType | None = None
else:
    _module = sounddevice


def portaudio() -> ModuleType:
    """The module sounddevice; raises NoPortAudioError."""
    if _module is None:
        raise NoPortAudioError(
            "PortAudio is not installed, so there is no microphone and no loudspeaker. "
            "Run: sudo apt-get install libportaudio2"
        )
    return _module
