"""The proof itself: it holds for our hub, and catches what it must."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub.proof.enclosure import CannotProve, new_world, program
from hub.proof.kept import last
from hub.proof.runs import RUNS
from tests.conftest import ROOT, missing
from tests.hub.recordings import pause, recorded, spoken, write

PERSON = "09_would_you_please_turn_on_living_room_lamp.wav"


@pytest.fixture(scope="session", autouse=True)
def namespaces() -> None:
    try:
        for name in ("ip", "tcpdump", "mosquitto"):
            program(name)
        world = new_world()
    except CannotProve as error:
        missing(str(error))
        return
    if subprocess.run([*world, "true"], capture_output=True, check=False).returncode:
        missing("This system allows no namespaces: run the tests as root.")


def prove(*words: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "hub", "privacy", "prove", *words],
        cwd=ROOT,
        env={**os.environ, "CI": "true", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_small_slips_are_caught() -> None:
    done = subprocess.run(
        [*new_world(), sys.executable, "-m", "tests.hub.proof.inside"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout or "null") == {
        "one-datagram": ["ipv6"],
        "one-field": ["form"],
    }, done.stderr


def test_a_recording_that_is_not_there() -> None:
    done = prove("--recording", "/nowhere/at-all.wav")
    assert done.returncode == 2
    assert "There is no recording" in done.stderr


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("models")
def test_the_proof_holds_with_a_persons_voice(tmp_path: Path, data: Path) -> None:
    person = recorded(data / "voice_commands" / "home_misc" / "wav" / PERSON)
    sound = write(tmp_path / "command.wav", pause(1), spoken("Hey Jarvis."), person, pause(1))
    words = ("--json", "--recording", str(sound), "--keep", str(tmp_path / "kept"))
    done = prove(*words, INGLENOOK_STATE=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    proof = json.loads(done.stdout)
    runs = {run["name"]: run for run in proof["runs"]}
    assert set(runs) == {run.name for run in RUNS}
    honest = runs["honest"]
    assert honest["ledger"] == honest["told"] > 5_000
    assert honest["elsewhere"] == {}
    assert proof["level"] in ("A", "B", "C")
    assert runs["behind-the-wall"]["packets"] == 0
    assert all(run["findings"] for run in runs.values() if run["must_be_caught"])
    kept = last(tmp_path)
    assert kept is not None
    assert (kept.holds, kept.runs, kept.level) == (True, len(RUNS), proof["level"])
    assert (tmp_path / "kept" / "honest-lan0.pcap").stat().st_size > 5_000
