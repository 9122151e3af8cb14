"""Microphone and loudspeaker on a sound server that stands in for the hardware."""

import os
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from audio.frames import RATE, Pcm
from tests.audio.pulse import Pulse, child
from tests.audio.sound import recording

pytestmark = pytest.mark.slow


@pytest.fixture
def wav(data: Path) -> Path:
    """A person says a wake word, in a room."""
    return data / "wakeword" / "smoke" / "wyoming_hey_jarvis.wav"


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    assert process.stdout.readline() == "ready\n"


def last_line(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=30)
    return said.strip().splitlines()[-1]


def likeness(heard: Pcm, played: Pcm) -> float:
    """Correlation -1..1 at the best shift."""
    b = played.astype(float)
    a = np.concatenate((np.zeros(len(b)), heard, np.zeros(len(b))))
    size = len(a) + len(b)
    product = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)
    at = int(product.argmax())
    part = a[at : at + len(b)]
    return float(product[at] / np.sqrt((part**2).sum() * (b**2).sum()))


def test_the_microphone_hears_what_is_played(
    sound_server: Pulse, wav: Path, tmp_path: Path
) -> None:
    process = sound_server.child("record", "5", str(tmp_path / "heard.npy"))
    wait_until_ready(process)
    sound_server.play(wav)
    assert last_line(process) == "done 0"
    heard = np.load(tmp_path / "heard.npy")
    assert likeness(heard, recording(wav)) > 0.95


def test_the_microphone_hears_the_loudspeaker(
    sound_server: Pulse, wav: Path, tmp_path: Path
) -> None:
    listening = sound_server.child("record", "6", str(tmp_path / "heard.npy"))
    wait_until_ready(listening)
    said, seconds = last_line(sound_server.child("play", str(wav))).split()
    assert said == "done"
    assert float(seconds) > len(recording(wav)) / RATE
    last_line(listening)
    assert likeness(np.load(tmp_path / "heard.npy"), recording(wav)) > 0.95


def test_a_sound_is_played_to_its_end_and_stops_when_it_is_to(
    sound_server: Pulse, tmp_path: Path
) -> None:
    listening = sound_server.child("record", "8", str(tmp_path / "heard.npy"))
    wait_until_ready(listening)
    time.sleep(2)
    assert last_line(sound_server.child("hush")) == "done"
    last_line(listening)
    heard = np.load(tmp_path / "heard.npy")
    loud = np.abs(heard[: len(heard) // 160 * 160].reshape(-1, 160).astype(int)).max(axis=1) > 50
    edges = np.flatnonzero(np.diff(loud.astype(int)))  # in steps of 10 ms
    assert len(edges) == 4
    stopped, whole = (int(after - before) for before, after in (edges[:2], edges[2:]))
    assert 75 <= stopped <= 110
    assert 98 <= whole <= 102


def test_an_unplugged_microphone_is_noticed_in_three_seconds(
    sound_server: Pulse, tmp_path: Path
) -> None:
    process = sound_server.child("record", "60", str(tmp_path / "heard.npy"))
    wait_until_ready(process)
    time.sleep(3)  # the sound server is slow to begin; unplugged is what stops again
    sound_server.unplug()
    begun = time.monotonic()
    assert last_line(process).startswith("MicrophoneLostError: ")
    assert time.monotonic() - begun < 4


def test_a_slow_listener_loses_sound_that_is_counted(sound_server: Pulse) -> None:
    said, dropped, gap, end = last_line(sound_server.child("drop")).split()
    assert said == "done"
    assert int(dropped) == int(gap)
    assert 1 * RATE < int(dropped) < 5 * RATE
    assert 4 * RATE < int(end) < 8 * RATE


def test_a_device_that_cannot_be_opened_is_busy(sound_server: Pulse) -> None:
    process = sound_server.child("late")
    wait_until_ready(process)
    sound_server.server.kill()
    sound_server.server.wait()
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()
    assert last_line(process).startswith("MicrophoneBusyError: ")


def test_an_unknown_device_is_named(sound_server: Pulse) -> None:
    assert "no microphone 'a banana'" in last_line(sound_server.child("name", "a banana"))


@pytest.mark.skipif(any(Path("/dev").glob("snd/pcm*c")), reason="This machine has a microphone.")
def test_a_machine_without_a_sound_card(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "PULSE_SERVER": "unix:/nowhere"}
    no_microphone = last_line(child(environment, "record", "1", "nowhere.npy"))
    assert no_microphone.startswith("NoMicrophoneError: There is no microphone")
