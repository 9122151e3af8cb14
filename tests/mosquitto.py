"""A real Mosquitto that can really be killed."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Mosquitto:
    """`settings`: more lines of its configuration. It forgets what it retained when it ends."""

    def __init__(self, folder: Path, *settings: str) -> None:
        self.port = free_port()
        self._config = folder / "mosquitto.conf"
        self._process: subprocess.Popen[bytes] | None = None
        lines = [f"listener {self.port} 127.0.0.1", "persistence false", *settings]
        self._config.write_text("\n".join(lines) + "\n")

    def start(self) -> None:
        assert PROGRAM
        command = [PROGRAM, "-c", str(self._config)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        pytest.fail("Mosquitto does not listen after four seconds.")

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """It holds its connections and answers nothing."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def stop(self) -> None:
        if self._process is not None:
            self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        assert self._process
        self._process.send_signal(how)
        self._process.wait(5)
        self._process = None


@pytest.fixture
def mosquitto(tmp_path: Path) -> Iterator[Mosquitto]:
    need_mosquitto()
    broker = Mosquitto(tmp_path, "allow_anonymous true")
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def locked_mosquitto(tmp_path: Path) -> Iterator[Mosquitto]:
    """One that knows only the user `hub`, with the password `right`."""
    need_mosquitto()
    passwords = tmp_path / "passwords"
    passwords.write_text("hub:right\n")
    passwords.chmod(0o600)
    subprocess.run(["mosquitto_passwd", "-U", str(passwords)], check=True)
    broker = Mosquitto(tmp_path, "allow_anonymous false", f"password_file {passwords}", "user root")
    broker.start()
    yield broker
    broker.stop()


def need_mosquitto() -> None:
    if PROGRAM is None:
        message = "No Mosquitto here: install the Debian package mosquitto."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


@pytest.fixture
def secret_mosquitto(tmp_path: Path) -> Iterator[Mosquitto]:
    """One that speaks TLS, with a certificate of its own: `ca.pem` in `tmp_path`."""
    need_mosquitto()
    key, certificate = tmp_path / "key.pem", tmp_path / "ca.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1"
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out"]
    subprocess.run([*command.split(), *names, str(certificate)], check=True, capture_output=True)
    files = (f"certfile {certificate}", f"keyfile {key}", "user root")
    broker = Mosquitto(tmp_path, "allow_anonymous true", *files)
    broker.start()
    yield broker
    broker.stop()
