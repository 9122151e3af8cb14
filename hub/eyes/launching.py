"""One camera's processes as the launcher keeps them: an eye, and for a network camera its relay,
joined by a pair of sockets.
"""

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from hub.children import Child, Program, caged
from hub.eyes.settings import Camera, EyeSettings
from hub.fields import REASON_LIMIT
from hub.messages import State
from hub.pairs import Pair
from hub.pipes import Writer
from hub.settings import in_memory

_PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}
_SECRET_AGAIN = 15.0
"""Seconds until a password that could not be read is looked for again."""


@dataclass
class CameraProcesses(Pair):
    """An eye, and a relay for a network camera. `wanted`: the house wants it open."""

    camera: Camera

    @property
    def eye(self) -> Child:
        return self.children[0]

    def start(self, now: float, started: Callable[[Child, int], None]) -> None:
        try:
            settings = _with_password(self.camera)
        except (OSError, KeyError, UnicodeDecodeError):
            self._complain(now)
            return
        memory = in_memory(settings)
        near, far = socket.socketpair()
        with near, far:
            extra: tuple[int, ...] = (memory,)
            self.eye.arguments = (f"--settings={memory}",)
            for relay in self.children[1:]:
                relay.arguments = _relay_arguments(self.camera, far.fileno())
                started(relay, relay.start(now, (far.fileno(),)))
                self.eye.arguments += (f"--relay={near.fileno()}",)
                extra += (near.fileno(),)
            started(self.eye, self.eye.start(now, extra))
        os.close(memory)

    def _complain(self, now: float) -> None:
        reason = f"cameras.{self.camera.settings.camera}.password cannot be read."
        told = State(source=self.eye.name, state="blind", reason=reason[:REASON_LIMIT])
        Writer(self.eye.up).send(told)
        self.eye.retry_at = now + _SECRET_AGAIN


@dataclass
class Cameras:
    """`house_ends`: what the house holds of each eye: where it reads, where it writes."""

    all: dict[str, CameraProcesses] = field(default_factory=dict)
    house_ends: dict[str, tuple[int, int]] = field(default_factory=dict)

    def arguments(self) -> tuple[str, ...]:
        """For the house."""
        return tuple(f"--eye={key}:{up}:{down}" for key, (up, down) in self.house_ends.items())

    def fds(self) -> tuple[int, ...]:
        return tuple(fd for ends in self.house_ends.values() for fd in ends)

    def watch(self, keys: tuple[str, ...]) -> None:
        for key, processes in self.all.items():
            if processes.wanted != (key in keys):
                processes.want(key in keys)


def cameras(given: tuple[Camera, ...], programs: Mapping[str, Program]) -> Cameras:
    """`programs`: what is run instead of our own processes, by their names."""
    made = Cameras()
    for camera in given:
        key = camera.settings.camera
        seen, to_eye = os.pipe(), os.pipe()
        made.house_ends[key] = (seen[0], to_eye[1])

        def child(role: str, up: int = seen[1], down: int = to_eye[0], key: str = key) -> Child:
            name = f"{role}.{key}"
            return Child(name, programs.get(name) or caged(role), (), up, down)

        relay = (child("relay"),) if camera.settings.source.kind == "net" else ()
        made.all[key] = CameraProcesses((child("eye"), *relay), camera)
    return made


def _relay_arguments(camera: Camera, end: int) -> tuple[str, ...]:
    parts = urlsplit(camera.settings.source.place)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = parts.port or _PORTS[parts.scheme]
    name = f"relay.{camera.settings.camera}"
    return f"--camera={host}:{port}", f"--eye={end}", f"--name={name}"


def _with_password(camera: Camera) -> EyeSettings:
    """Read anew each time. Raises OSError, KeyError or UnicodeDecodeError where there is none."""
    if camera.password is None:
        return camera.settings
    place = camera.password
    plain = Path(place.file).read_text().strip() if place.file else os.environ[place.env or ""]
    source = msgspec.structs.replace(camera.settings.source, password=plain)
    return msgspec.structs.replace(camera.settings, source=source)
