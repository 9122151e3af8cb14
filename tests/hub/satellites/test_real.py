"""wyoming-satellite itself, as people have it, in an environment of its own."""

import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.recordings import pause, spoken
from tests.hub.running import wait_until
from tests.hub.satellites.conftest import MakeHub
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto, free_port

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models"), pytest.mark.timeout(300)]
_MICROPHONE = Path(__file__).with_name("microphone.py")


@pytest.fixture(scope="module")
def satellite_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("satellite")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    wanted = [str(python), "-m", "pip", "install", "--quiet", "wyoming-satellite==1.0.0"]
    subprocess.run(wanted, check=True, stdout=subprocess.DEVNULL)
    return python


class RealSatellite:
    def __init__(self, python: Path, folder: Path, said: Path) -> None:
        self.port = free_port()
        self.played = folder / "played.raw"
        self.log = folder / "satellite.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [
                    *(str(python), "-m", "wyoming_satellite", "--no-zeroconf", "--debug"),
                    *("--uri", f"tcp://127.0.0.1:{self.port}"),
                    *("--mic-command", f"{sys.executable} {_MICROPHONE} {said}"),
                    *("--snd-command", f"{sys.executable} {_MICROPHONE} --play {self.played}"),
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(lambda: "Ready" in self.log.read_text(), 30, self.log.read_text)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def real(satellite_python: Path, tmp_path: Path) -> Iterator[RealSatellite]:
    """Its microphone hears a command, long enough after the start for the hub to listen."""
    said = tmp_path / "said.raw"
    command = spoken("Hey Jarvis, turn on the light.")
    said.write_bytes(b"".join(part.tobytes() for part in (*[pause(6.0), command] * 6, pause(1.0))))
    satellite = RealSatellite(satellite_python, tmp_path, said)
    yield satellite
    satellite.stop()


def test_it_is_heard_and_plays_the_answer(
    make_hub: MakeHub, real: RealSatellite, mosquitto: Mosquitto
) -> None:
    with Subscriber(mosquitto.port) as others:
        hub = make_hub(kitchen=real.port)
        assert others.wait_for("event/command", 90, intent="HassTurnOn")["area"] == "Kitchen"
        wait_until(lambda: real.played.exists() and real.played.stat().st_size > 40_000, 30)
        time.sleep(1)
    assert "Traceback" not in hub.said
    said = real.log.read_text()
    assert "ERROR" not in said
    assert "Wake word detected" in said
