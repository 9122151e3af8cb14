"""Looking for a device that is missing: seldom, never while the hub is muted, and not for ever."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from hub.children import NOT_READY
from hub.fields import Device
from hub.launcher_settings import LauncherSettings
from hub.seeking import Seeking, seeking
from hub.settings import EngineChoice, Hear, MouthSettings, SensesSettings
from tests.audio.pulse import Pulse

CHOICE = EngineChoice(engine="any")
SETTINGS = LauncherSettings(
    senses=SensesSettings(
        hear=Hear(wake=None, vad=CHOICE, asr=CHOICE), source="microphone", device="a b"
    ),
    mouth=MouthSettings(tts=None),
    house=(),
)


@dataclass
class Launcher:
    """Starts what is due; probes end with `status`."""

    status: int = NOT_READY
    stack: ExitStack = field(default_factory=ExitStack)
    seeking: Seeking = field(init=False)

    def __post_init__(self) -> None:
        ends = os.pipe()
        for end in ends:
            self.stack.callback(os.close, end)
        program = (sys.executable, "-c", "import os; os._exit(int(os.environ['STATUS']))")
        self.seeking = seeking(SETTINGS, {"probe": program}, *ends)

    def probe(self, now: float) -> list[tuple[Device, bool]]:
        """What was due at that time, and whether it was found."""
        os.environ["STATUS"] = str(self.status)
        return [(device, self._ended(device, now)) for device, _ in list(self.seeking.due(now))]

    def _ended(self, device: Device, now: float) -> bool:
        probe = self.seeking.probes[device]
        os.close(self.seeking.start(probe, now))
        assert probe.process is not None
        probe.process.wait(10)
        return self.seeking.found(device)


@pytest.fixture
def launcher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Launcher]:
    monkeypatch.setenv("STATUS", "0")
    made = Launcher()
    with made.stack:
        yield made


def test_what_nobody_misses_is_not_looked_for(launcher: Launcher) -> None:
    assert launcher.probe(time.monotonic()) == []
    assert list(launcher.seeking.waits()) == []


def test_it_is_looked_for_ever_more_seldom(launcher: Launcher) -> None:
    launcher.seeking.want(["microphone"], muted=False)
    waits = []
    for _ in range(6):
        [until] = launcher.seeking.waits()
        waits.append(round(max(0.0, until - time.monotonic())))
        assert launcher.probe(max(until, time.monotonic())) == [("microphone", False)]
    assert waits == [0, 2, 4, 8, 15, 15]


def test_a_loudspeaker_is_less_urgent(launcher: Launcher) -> None:
    launcher.seeking.want(["loudspeaker"], muted=False)
    now = time.monotonic()
    assert launcher.probe(now) == [("loudspeaker", False)]
    assert launcher.probe(now + 59) == []
    assert launcher.probe(now + 62) == [("loudspeaker", False)]


def test_once_found_it_is_left_in_peace(launcher: Launcher) -> None:
    """One that comes and goes must not deafen the satellites all the time."""
    launcher.status = 0
    launcher.seeking.want(["loudspeaker"], muted=False)
    now = time.monotonic()
    assert launcher.probe(now) == [("loudspeaker", True)]
    launcher.seeking.want([], muted=False)
    launcher.seeking.want(["loudspeaker"], muted=False)
    assert launcher.probe(now + 29) == []
    assert launcher.probe(now + 31) == [("loudspeaker", True)]


def test_while_the_hub_is_muted_no_microphone_is_opened(launcher: Launcher) -> None:
    launcher.seeking.want(["microphone", "loudspeaker"], muted=True)
    assert launcher.probe(time.monotonic()) == [("loudspeaker", False)]


def test_a_mute_ends_a_probe_and_what_it_found_is_not_taken(launcher: Launcher) -> None:
    launcher.seeking.want(["microphone"], muted=False)
    probe = launcher.seeking.probes["microphone"]
    probe.program = (sys.executable, "-c", "import time; time.sleep(60)")
    now = time.monotonic()
    os.close(launcher.seeking.start(probe, now))
    assert probe.killed_at == now + 10
    launcher.seeking.want([], muted=True)
    assert probe.process is not None
    assert probe.process.wait(10) == -15
    assert not launcher.seeking.found("microphone")


def test_it_is_the_device_of_the_settings(launcher: Launcher) -> None:
    probes = launcher.seeking.probes
    assert probes["microphone"].arguments == ("microphone", "a b")
    assert probes["loudspeaker"].arguments == ("loudspeaker",)


@pytest.mark.slow
@pytest.mark.parametrize("role", ["senses", "mouth"])
def test_a_device_is_there_or_not(sound_server: Pulse, role: str) -> None:
    device = "microphone" if role == "senses" else "loudspeaker"
    given = ["--up=1", "--down=0", f"--parent={os.getpid()}"]

    def probed() -> int:
        command = [sys.executable, "-m", "hub.cage", f"{role}/probe", device, *given]
        return subprocess.run(command, env=sound_server.environment, check=False).returncode

    assert probed() == 0
    sound_server.unplug()
    assert probed() == NOT_READY
