"""A client's bytes, cut anywhere, to the sound that all engines take. Pure."""

from dataclasses import dataclass, field
from typing import cast

import numpy as np

from audio.convert import Converter, Sound
from audio.frames import Pcm
from integrations.wyoming.hearing import Format

_KINDS = {1: "<u1", 2: "<i2", 4: "<i4"}


@dataclass(slots=True)
class Incoming:
    """One stream of it."""

    form: Format
    _converter: Converter = field(default_factory=Converter)
    _rest: bytes = field(default=b"", repr=False)
    """Of a sample that has not come whole."""

    def take(self, sound: bytes) -> Pcm:
        """What has come out so far."""
        size = self.form.width * self.form.channels
        whole = self._rest + sound
        end = len(whole) - len(whole) % size
        self._rest = whole[end:]
        samples = np.frombuffer(whole[:end], _KINDS[self.form.width])
        frames = samples.reshape(-1, self.form.channels)
        return self._converter.sound(cast("Sound", frames), self.form.rate)

    def rest(self) -> Pcm:
        """What stayed inside, at the end."""
        return self._converter.rest()
