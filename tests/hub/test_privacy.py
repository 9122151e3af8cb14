"""The glass wall of a whole hub: over MQTT, and as `inglenook privacy` tells it."""

import json
import wave
from pathlib import Path

import pyrage
import pytest

from tests.hub.recordings import pause, spoken, write
from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import free_port

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    command = spoken("Hey Jarvis, turn on the kitchen light.")
    return write(tmp_path / "command.wav", pause(2), command, pause(2))


def start(folder: Path, sound: Path, port: int, **more: object) -> RunningHub:
    settings = {
        "node": "test",
        "microphone": {"files": [str(sound)]},
        "speaker": {"file": str(folder / "replies.wav")},
        "mqtt": {"port": port},
    }
    return RunningHub(folder / "hub", settings | more, "--record")


def test_the_wall_and_the_ledger_are_told(tmp_path: Path, sound: Path) -> None:
    port = free_port()
    hub = start(tmp_path, sound, port)
    try:
        wait_until(lambda: "Sealed at level" in hub.said, 40, lambda: hub.said)
        with Subscriber(port) as others:
            wall = others.wait_for("state/privacy", 30)
            wait_until(lambda: len(others.all("event/command")) == 1, 30, lambda: hub.said)
            door = others.wait_for("state/door")
        assert wall["level"] in ("A", "B", "C")
        processes = wall["processes"]
        assert isinstance(processes, dict)
        assert {"house", "mouth", "senses"} >= set(processes)
        assert (door["refused"], door["reasons"]) == (0, {})
        told = json.loads(hub.command("privacy", "--json").stdout)
        assert told["wall"]["processes"]["senses"]["seccomp"] == 2
        assert told["wall"]["processes"]["senses"]["network"] == "empty"
        assert told["wall"]["processes"]["house"]["network"] == "machine"
        assert told["today"]["bytes_out"] == 0  # our own broker is on this machine
        plain = hub.command("privacy").stdout
        assert "The wall stands at level" in plain
        assert "Nothing was sent today." in plain
    finally:
        hub.stop()
    wait_until(lambda: "No hub is running" in hub.command("privacy").stdout, 10)
    after = json.loads(hub.command("privacy", "--json").stdout)
    assert after["wall"] is None
    assert after["today"]["bytes_here"] > 1_000


@pytest.mark.slow
def test_recorded_for_the_owners_key_until_somebody_stops_it(tmp_path: Path, sound: Path) -> None:
    port = free_port()
    identity = pyrage.x25519.Identity.generate()
    key = tmp_path / "identity"
    key.write_text(f"# made for a test\n{identity}\n")
    recordings = {"recordings": {"to": str(identity.to_public()), "hours": 1}}
    hub = start(tmp_path, sound, port, debug=recordings)
    try:
        wait_until(lambda: "encrypted to your key" in hub.said, 40, lambda: hub.said)
        with Subscriber(port) as others:
            others.wait_for("state/recording", 40, recording=True, kept=1)
            others.publish("set/recording", {"v": 1, "recording": True})  # refused: only off
            others.publish("set/recording", {"v": 1, "recording": False})
            others.wait_for("state/recording", 10, recording=False)
        folder = tmp_path / "wavs"
        done = hub.command("recordings", "open", "--identity", str(key), "--to", str(folder))
        assert done.returncode == 0, done.stderr
        [wav] = folder.iterdir()
        with wave.open(str(wav)) as opened:
            assert opened.getnframes() > 16_000
        assert wav.stat().st_mode & 0o077 == 0
    finally:
        hub.stop()
    plain = (tmp_path / "command.wav").read_bytes()[90_000:90_400]
    kept = [file for file in (tmp_path / "hub" / "state").rglob("*") if file.is_file()]
    assert kept
    assert not any(plain in file.read_bytes() for file in kept)
    assert any("recordings" in file.parts for file in kept)
