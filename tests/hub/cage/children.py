"""Runs a task of `tests.hub.cage.inside` (or another module) and gives what it reported."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
Value = object


@dataclass(frozen=True, slots=True)
class Ended:
    """`reports`: its JSON lines. `said`: standard output and error."""

    status: int
    reports: list[dict[str, Value]]
    said: str

    @property
    def report(self) -> dict[str, Value]:
        assert self.status == 0, self.said
        [only] = self.reports
        return only


def inside(*words: str, module: str = "inside", **environ: str) -> Ended:
    ours, theirs = os.pipe()
    try:
        done = subprocess.run(
            [sys.executable, "-m", f"tests.hub.cage.{module}", str(theirs), *words],
            pass_fds=(theirs,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environ},
            cwd=ROOT,
            text=True,
            check=False,
        )
    finally:
        os.close(theirs)
    with os.fdopen(ours) as lines:
        return Ended(done.returncode, [json.loads(line) for line in lines], done.stdout)
