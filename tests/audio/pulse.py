"""A sound server of our own with one null sink: the stand-in for a microphone and a loudspeaker."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SINK = "inglenook_test"
_ALSA = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Pulse:
    """`environment`: what a process needs so that its sound goes to this server."""

    server: subprocess.Popen[bytes]
    environment: dict[str, str]

    def control(self, *words: str) -> str:
        command = ["pactl", *words]
        done = subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def unplug(self) -> None:
        self.control("unload-module", "module-null-sink")

    def play(self, wav: Path) -> None:
        """Into the null sink; returns when it has been played."""
        subprocess.run(["paplay", f"--device={SINK}", wav], env=self.environment, check=True)

    def child(self, *words: str) -> subprocess.Popen[str]:
        """`tests.audio.sound_child` with these arguments, where this server is the sound card."""
        return child(self.environment, *words)


def child(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.audio.sound_child", *words],
        env=environment,
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def missing_tools() -> list[str]:
    return [tool for tool in ("pulseaudio", "pactl", "paplay") if shutil.which(tool) is None]


@contextmanager
def pulse(folder: Path) -> Iterator[Pulse]:
    """`folder`: an empty one, with a short path, for its socket and configuration."""
    (folder / ".asoundrc").write_text(_ALSA)
    socket = folder / "native"
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_SERVER": f"unix:{socket}",
    }
    # Rewinding would put the start of a sound where the recorder has already been.
    sink = f"module-null-sink sink_name={SINK} norewinds=1"
    modules = (f"module-native-protocol-unix socket={socket}", sink)
    loads = [word for module in modules for word in ("-L", module)]
    flags = ["--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"]
    quietly = subprocess.DEVNULL
    server = subprocess.Popen(
        ["pulseaudio", "-n", *flags, *loads], env=environment, stderr=quietly, stdout=quietly
    )
    try:
        _wait_for(socket)
        yield Pulse(server, environment)
    finally:
        server.kill()
        server.wait()


def _wait_for(socket: Path) -> None:
    until = time.monotonic() + 10
    while not socket.exists():
        assert time.monotonic() < until, "The sound server did not start."
        time.sleep(0.05)
    time.sleep(0.3)
