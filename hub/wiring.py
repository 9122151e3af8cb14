"""The pipes of house, senses and mouth, and what each is given when it is started.

Both ends of every pipe are kept here for the launcher's whole life.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from hub.children import Child, Name, Program, caged
from hub.eyes.launching import Cameras
from hub.launcher_settings import LauncherSettings
from hub.lending.launching import Booth
from hub.satellites.launching import Satellites
from hub.settings import SensesSettings, encode
from hub.sound_memory import Ends, sound_memory


class Pipe(NamedTuple):
    read: int
    write: int


class Given(NamedTuple):
    """Arguments, and the descriptors that these name."""

    arguments: tuple[str, ...]
    fds: tuple[int, ...]


def _pipe() -> Pipe:
    return Pipe(*os.pipe())


@dataclass(frozen=True)
class Wiring:
    """`up` is read by the launcher, `down` by the house; `reference`: what the mouth plays."""

    settings: LauncherSettings
    cameras: Cameras
    satellites: Satellites
    booth: Booth | None
    heard: Pipe = field(default_factory=_pipe)
    to_senses: Pipe = field(default_factory=_pipe)
    spoken: Pipe = field(default_factory=_pipe)
    to_mouth: Pipe = field(default_factory=_pipe)
    up: Pipe = field(default_factory=_pipe)
    down: Pipe = field(default_factory=_pipe)
    reference: Ends = field(default_factory=sound_memory)

    def children(self, programs: Mapping[Name, Program]) -> Iterator[Child]:
        """`programs`: what is run instead of our own processes."""
        ends: tuple[tuple[Name, Pipe, Pipe], ...] = (
            ("house", self.up, self.down),
            ("senses", self.heard, self.to_senses),
            ("mouth", self.spoken, self.to_mouth),
        )
        for name, said, told in ends:
            yield Child(name, programs.get(name) or caged(name), (), said.write, told.read)

    def house(self) -> Given:
        fds = {
            "heard": self.heard.read,
            "to-senses": self.to_senses.write,
            "spoken": self.spoken.read,
            "to-mouth": self.to_mouth.write,
        }
        if self.booth is not None:
            fds["booth"] = self.booth.house_end
        named = (f"--{name}={fd}" for name, fd in fds.items())
        others = (*self.cameras.arguments(), *self.satellites.arguments())
        more = (*self.cameras.fds(), *self.satellites.fds())
        return Given((*named, *others, *self.settings.house), (*fds.values(), *more))

    def mouth(self) -> Given:
        voices, fds = self.satellites.voices()
        reference = self.reference.write
        arguments = (encode(self.settings.mouth), f"--reference={reference}", *voices)
        return Given(arguments, (reference, *fds))

    def senses(self, settings: SensesSettings, keep: int | None) -> Given:
        """`keep`: where it writes what is recorded for the owner, to whose key."""
        ears, fds = self.satellites.ears()
        wanted, reference = self.settings.recordings, self.reference.read
        arguments = (encode(settings), f"--reference={reference}", *ears)
        if keep is None or wanted is None:
            return Given(arguments, (reference, *fds))
        keeping = (f"--keep={keep}", f"--owner={wanted.to}")
        return Given((*arguments, *keeping), (reference, keep, *fds))
