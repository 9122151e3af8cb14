"""The whole hub as a user runs it: real processes that tests start, watch, kill and stop."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml


class RunningHub:
    """`settings` become its YAML file; `folder` takes its state and socket. `program`: the module
    that runs it, and its first words.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, object],
        *arguments: str,
        environ: Mapping[str, str] = MappingProxyType({}),
        program: Sequence[str] = ("hub", "run"),
    ) -> None:
        folder.mkdir(exist_ok=True)
        self._file = file = folder / "inglenook.yaml"
        file.write_text(yaml.safe_dump(dict(settings)))
        self.environ = {
            **os.environ,
            **environ,
            "XDG_RUNTIME_DIR": str(folder),
            "INGLENOOK_STATE": str(folder / "state"),
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, "-m", *program, "--config", str(file), *arguments]
        self.process = subprocess.Popen(
            command,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def said(self) -> str:
        return "".join(self._lines)

    def settings(self) -> dict[str, Any]:
        """As its file has them now."""
        found = yaml.safe_load(self._file.read_text())
        assert isinstance(found, dict)
        return found

    def _read(self) -> None:
        assert self.process.stdout
        self._lines.extend(iter(self.process.stdout.readline, ""))

    def pid(self, name: str) -> int | None:
        """Of senses, mouth or house; None while it is not there."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for pid in children.read_text().split():
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if [b"hub.cage", name.encode()] == words[2:4]:
                return int(pid)
        return None

    def kill(self, name: str) -> int:
        """As a crash would; gives the process that is no more."""
        pid = self.pid(name)
        assert pid is not None, f"{name} is not running"
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_for_text(self, text: str, seconds: float = 30.0) -> None:
        wait_until(lambda: text in self.said, seconds, lambda: f"{text!r} in:\n{self.said}")

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another command line of the same user: `say`, `ask --live`, `mute`."""
        return subprocess.run(
            [sys.executable, "-m", "hub", *words],
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Seconds it took to end."""
        began = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self._reader.join(5)
        assert self.process.stdout
        self.process.stdout.close()
        return time.monotonic() - began


def wait_until(
    true: Callable[[], object], seconds: float, wanted: Callable[[], str] = lambda: "it"
) -> None:
    """Fails when it has not come true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {wanted()}"
        time.sleep(0.05)
