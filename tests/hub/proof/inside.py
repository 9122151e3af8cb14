"""Two short runs of the proof inside its enclosure; prints what was found. For test_proof."""

import json
import os
import sys

from hub.proof.addresses import GATEWAY
from hub.proof.enclosure import WORKSHOP, settle_in
from hub.proof.forms import forms
from hub.proof.judge import judge
from hub.proof.runs import RUNS
from hub.proof.settings import NAME, TOPICS
from hub.proof.stage import play


def main() -> None:
    settle_in(GATEWAY)
    found = {}
    for run in RUNS:
        if run.program[0] == "hub.proof.slips":
            verdict = judge(play(run, WORKSHOP / "no-recording.wav"), forms(TOPICS, NAME))
            found[run.name] = [finding.kind for finding in verdict.findings]
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
