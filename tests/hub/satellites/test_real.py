"""wyoming-satellite itself, as people have it, in an environment of its own."""

import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.hub.recordings import pause, spoken
from tests.hub.running import wait_until
from tests.hub.satellites.conftest import MakeHub
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto, free_port

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models"), pytest.mark.timeout(300)]
_MICROPHONE = Path(__file__).with_name("microphone.py")
_WAKE = Path(__file__).with_name("wake.py")


@pytest.fixture(scope="module")
def satellite_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("satellite")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    wanted = [str(python), "-m", "pip", "install", "--quiet", "wyoming-satellite==1.0.0"]
    subprocess.run(wanted, check=True, stdout=subprocess.DEVNULL)
    return python


class RealSatellite:
    def __init__(self, python: Path, folder: Path, said: Path, *more: str) -> None:
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
                    *more,
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


def test_one_with_a_wake_word_of_its_own_answers_a_question(
    make_hub: MakeHub, satellite_python: Path, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    """It says yes until it was heard: when the question is over it cannot know."""
    tone = (8_000 * np.sin(np.arange(3_200) * 2 * np.pi / 16)).astype(np.int16)
    command, yes = spoken("Turn on the bedroom lamp."), spoken("Yes.")
    turn = (pause(6.0), tone, pause(0.5), command, pause(4.0), *[yes, pause(3.0)] * 4)
    said = tmp_path / "said.raw"
    said.write_bytes(b"".join(part.tobytes() for part in turn * 4))
    wake = f"{sys.executable} {_WAKE}"
    satellite = RealSatellite(satellite_python, tmp_path, said, "--wake-command", wake)
    try:
        with Subscriber(mosquitto.port) as others:
            make_hub(bedroom=satellite.port)
            others.wait_for("home/light_bedroom_lamp/state", 120, state="on")
    finally:
        satellite.stop()
