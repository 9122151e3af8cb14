"""A process that is really killed while it sets alarms: all that it had granted are there."""

import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from hub.timekeeping.keeper import Timekeeper
from hub.timekeeping.store import FILE, File
from hub.timekeeping.zone import LocalClock
from intents.answers import Answers
from tests.hub.ledger_peer import ROOT

KILLS = 12


def killed(path: Path, number: int) -> list[str]:
    """What it said until SIGKILL hit it."""
    command = [sys.executable, "-m", "tests.hub.timekeeping.child", str(path), str(number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout
        first = child.stdout.readline()
        time.sleep(random.uniform(0, 0.05))
        child.kill()
        rest = child.stdout.read().splitlines()
    return [first.strip(), *rest]


def test_nothing_that_was_granted_is_lost(tmp_path: Path) -> None:
    path = tmp_path / FILE
    there, unsure = set(), set()
    for number in range(KILLS):
        said = killed(path, number)
        assert said[0], "it did not start"
        there |= set(said) - {name.removeprefix("-") for name in said if name.startswith("-")}
        there = {name for name in there if not name.startswith("-")}
        last = said[-1].removeprefix("-")
        unsure |= {last, f"{number}.{int(last.partition('.')[2]) + 1}"}
    problems: list[str] = []
    keeper = Timekeeper(Answers("en"), store=File(path, problems.append))
    found = {entry.text for entry in keeper._agenda.of("alarm")}
    assert there - unsure <= found <= there | unsure
    late = LocalClock()() + timedelta(minutes=520)
    told = [due.ring.text for due in keeper.due(late)]
    assert sorted(told) == sorted(found)
    keeper.close()
    assert problems == []
