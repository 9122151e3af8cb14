"""A real PulseAudio is asked, one that loads modules and one that was told not to."""

import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.audio.pulse import missing_tools, pulse
from tests.conftest import missing

ASK = "from hub.sound_server import server_loads_modules; print(server_loads_modules())"


@pytest.fixture
def folder() -> Iterator[Path]:
    if tools := missing_tools():
        missing(f"No {', '.join(tools)}: run script/setup test.")
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def asked(environment: Mapping[str, str]) -> str:
    """In a process of its own, whose sound server it is."""
    command = [sys.executable, "-c", ASK]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_an_open_server_is_found_out_and_left_as_it_was(folder: Path) -> None:
    with pulse(folder) as server:
        before = server.control("list", "short", "modules")
        assert asked(server.environment) == "True"
        assert server.control("list", "short", "modules") == before


def test_a_closed_server_is_known(folder: Path) -> None:
    settings = folder / ".config" / "pulse" / "daemon.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text("allow-module-loading = no\n")
    with pulse(folder) as server:
        assert asked(server.environment) == "False"
        refused = subprocess.run(
            ["pactl", "load-module", "module-null-sink"], env=server.environment, check=False
        )
        assert refused.returncode != 0


def test_no_server(folder: Path) -> None:
    with pulse(folder) as server:
        nowhere = {**server.environment, "PULSE_SERVER": f"unix:{folder / 'nobody'}"}
        assert asked(nowhere) == "None"


def test_a_server_that_is_silent(folder: Path) -> None:
    with pulse(folder) as server, socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(folder / "silent"))
        silent.listen()
        unanswered = {**server.environment, "PULSE_SERVER": f"unix:{folder / 'silent'}"}
        assert asked(unanswered) == "None"
