"""A device that its process does without, for others hear or speak for it: the launcher's part.

Every few seconds a probe tries to open it. Once one could, that process is started anew.
"""

import os
import selectors
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from hub.children import Child, Name, Program, caged
from hub.fields import Device
from hub.launcher_settings import LauncherSettings

_PATIENCE = 10.0
"""Seconds that a probe gets."""
_SELDOM: Mapping[Device, float] = {"microphone": 0.0, "loudspeaker": 60.0}
"""Seconds between two probes at least: each costs half a second of computing."""
_PAUSE = 30.0
"""Seconds behind a device that was found: one that comes and goes must not deafen satellites."""
USER: Mapping[Device, Name] = {"microphone": "senses", "loudspeaker": "mouth"}


@dataclass
class Seeking:
    """`probes`: one for each device. Times are seconds of time.monotonic()."""

    probes: Mapping[Device, Child]
    _wanted: frozenset[Device] = frozenset()
    _not_before: dict[Device, float] = field(default_factory=dict)

    def want(self, devices: Collection[Device], *, muted: bool) -> None:
        """Exactly these. While the hub is muted no microphone is opened, whoever asks for it."""
        self._wanted = frozenset(devices) - ({"microphone"} if muted else frozenset())
        for device, probe in self.probes.items():
            if device not in self._wanted and probe.process is not None:
                probe.stop()

    def muted(self) -> None:
        """The hub is: no microphone is looked for until somebody asks again."""
        self.want(self._wanted, muted=True)

    def due(self, now: float) -> Iterator[tuple[Device, Child]]:
        for device in self._wanted:
            probe = self.probes[device]
            if probe.process is None and now >= self._next(device):
                yield device, probe

    def look(
        self, now: float, selector: selectors.BaseSelector, renew: Callable[[Name], None]
    ) -> None:
        """Start what is due; `renew` is told whose device was found."""
        for device, probe in list(self.due(now)):
            fd = self.start(probe, now)

            def ended(device: Device = device, fd: int = fd) -> None:
                selector.unregister(fd)
                os.close(fd)
                if self.found(device):
                    renew(USER[device])

            selector.register(fd, selectors.EVENT_READ, ended)

    @property
    def hears(self) -> bool:
        """A microphone may be open."""
        return self.probes["microphone"].process is not None

    def start(self, probe: Child, now: float) -> int:
        """Gives a descriptor that becomes readable when it ends."""
        fd = probe.start(now)
        probe.killed_at = now + _PATIENCE
        return fd

    def found(self, device: Device) -> bool:
        """Its probe has ended; whether the device is there, and wanted."""
        now = time.monotonic()
        is_there = self.probes[device].ended(now) == 0 and device in self._wanted
        self._not_before[device] = now + (_PAUSE if is_there else _SELDOM[device])
        return is_there

    def waits(self) -> Iterator[float]:
        """Until when there is nothing to do."""
        for device in self._wanted:
            if self.probes[device].process is None:
                yield self._next(device)
        yield from (p.killed_at for p in self.probes.values() if p.killed_at is not None)

    def _next(self, device: Device) -> float:
        return max(self.probes[device].retry_at or 0.0, self._not_before.get(device, 0.0))


def seeking(
    settings: LauncherSettings, programs: Mapping[Name, Program], up: int, down: int
) -> Seeking:
    """`up`, `down`: pipes that no probe uses."""

    def probe(device: Device, name: str | int | None) -> Child:
        program = programs.get("probe") or caged(f"{USER[device]}/probe")
        named = () if name is None else (str(name),)
        return Child("probe", program, (device, *named), up, down)

    return Seeking(
        {
            "microphone": probe("microphone", settings.senses.device),
            "loudspeaker": probe("loudspeaker", settings.mouth.device),
        }
    )
