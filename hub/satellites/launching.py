"""One satellite's processes as the launcher keeps them: an inlet and an outlet, joined by a pair of
sockets.
"""

import fcntl
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hub.children import Child, Program, caged
from hub.pairs import Pair
from hub.satellites.settings import Satellite
from hub.satellites.speech import PIPE_SIZE
from hub.sound_memory import Ends, sound_memory


@dataclass
class SatelliteProcesses(Pair):
    """An inlet and an outlet. `sound`: memory from the inlet to senses; `speech`: a pipe from the
    mouth to the outlet, its reading and its writing end. `wanted`: the hub is not muted.
    """

    satellite: Satellite
    sound: Ends
    speech: tuple[int, int]

    def start(self, now: float, started: Callable[[Child, int], None]) -> None:
        (inlet, outlet), (near, far) = self.children, socket.socketpair()
        with near, far:
            place = f"{self.satellite.host}:{self.satellite.port}"
            inlet.arguments = (
                f"--satellite={place}",
                f"--outlet={near.fileno()}",
                f"--sound={self.sound.write}",
                f"--name={inlet.name}",
            )
            outlet.arguments = (
                f"--inlet={far.fileno()}",
                f"--speech={self.speech[0]}",
                f"--name={outlet.name}",
            )
            started(inlet, inlet.start(now, (near.fileno(), self.sound.write)))
            started(outlet, outlet.start(now, (far.fileno(), self.speech[0])))


@dataclass
class Satellites:
    """`house_ends`: what the house holds of each: where it reads, where it writes."""

    all: dict[str, SatelliteProcesses] = field(default_factory=dict)
    house_ends: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def hear(self) -> bool:
        """Whether any of them still does."""
        return any(
            child.process is not None for each in self.all.values() for child in each.children
        )

    def arguments(self) -> tuple[str, ...]:
        """For the house."""
        ends = self.house_ends.items()
        return tuple(f"--satellite={key}:{up}:{down}" for key, (up, down) in ends)

    def fds(self) -> tuple[int, ...]:
        return tuple(fd for ends in self.house_ends.values() for fd in ends)

    def ears(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """For senses: its arguments, and the descriptors that these name."""
        fds = {key: each.sound.read for key, each in self.all.items()}
        return tuple(f"--ear={key}:{fd}" for key, fd in fds.items()), tuple(fds.values())

    def voices(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """For the mouth, as `ears`."""
        fds = {key: each.speech[1] for key, each in self.all.items()}
        return tuple(f"--voice={key}:{fd}" for key, fd in fds.items()), tuple(fds.values())

    def renew(self) -> None:
        """End those that run; they are started again at once."""
        for each in self.all.values():
            for child in each.children:
                child.stop()

    def want(self, wanted: bool) -> None:  # noqa: FBT001 - muted or not
        for each in self.all.values():
            each.want(wanted)


def satellites(given: tuple[Satellite, ...], programs: Mapping[str, Program]) -> Satellites:
    """`programs`: what is run instead of our own processes, by their names."""
    made = Satellites()
    for satellite in given:
        said, told, speech = os.pipe(), os.pipe(), os.pipe()
        fcntl.fcntl(speech[1], fcntl.F_SETPIPE_SZ, PIPE_SIZE)
        made.house_ends[satellite.key] = (said[0], told[1])

        def child(
            role: str, up: int = said[1], down: int = told[0], to: str = satellite.key
        ) -> Child:
            name = f"{role}.{to}"
            return Child(name, programs.get(name) or caged(role), (), up, down)

        made.all[satellite.key] = SatelliteProcesses(
            (child("inlet"), child("outlet")), satellite, sound_memory(), speech
        )
    return made
