"""Killed in the middle, and a disk that is full: nobody is lost, nobody half forgotten."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, missing
from tests.hub.keep.bad_moments import NOT_ALLOWED, Seen

BEFORE = [2, 2]
"""Examples of each person."""


def run(*words: str) -> Seen:
    command = [sys.executable, "-m", "tests.hub.keep.bad_moments", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == NOT_ALLOWED:
        missing("No mount namespaces here: run as root to try a full disk.")
    assert done.returncode == 0, done.stderr
    seen: Seen = json.loads(done.stdout)
    return seen


@pytest.mark.parametrize(
    ("task", "after"), [("add", [2, 3]), ("enrol", [2, 2, 2]), ("forget", [2])]
)
def test_a_kill_in_the_middle(tmp_path: Path, task: str, after: list[int]) -> None:
    found = run("killed", task, str(tmp_path))["found"]
    assert isinstance(found, list)
    assert [damaged for damaged, *_ in found] == [0] * len(found)
    states = [people for _, people, *_ in found]
    assert states[0] == BEFORE
    assert states[-1] == after
    assert all(state in (BEFORE, after) for state in states)
    lone = sum(keys for *_, keys in found)
    assert (lone > 0) is (task == "enrol"), "A key is the first to come and the first to go."
    assert states.count(BEFORE) > 5, "Too few places: nothing was killed in the middle."
    assert all(files == 2 * len(people) for _, people, files, _ in found), "Something is left over."


def test_a_full_disk_loses_nobody(tmp_path: Path) -> None:
    seen = run("full", str(tmp_path))
    assert isinstance(seen["people"], int)
    assert seen["people"] > 2
    assert seen["found"] == seen["people"]
    assert seen["files"] == 2 * seen["people"], "Something of the one who did not fit is left."
    assert seen["damaged"] == 0
    assert seen["examples"] is True
    assert seen["left"] == seen["people"] - 1
