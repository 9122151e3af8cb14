"""Inside the enclosure: plays all runs, judges them, tells. `python -m hub.proof ORDER`."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import msgspec

from hub.config import Config
from hub.proof.addresses import GATEWAY
from hub.proof.enclosure import WORKSHOP, CannotProve, Order, settle_in
from hub.proof.forms import forms
from hub.proof.judge import judge
from hub.proof.report import Outcome, as_json, as_text, holds, in_short, mark
from hub.proof.runs import RUNS, Run
from hub.proof.settings import NAME, TOPICS
from hub.proof.stage import play
from hub.samples import sample_files
from hub.shelf.errors import ShelfError

_AT_ONCE = 3
"""Runs mostly wait: for sound that takes its time, for telemetry that does not come."""


def main(order: Order) -> int:
    began = time.monotonic()
    try:
        recording = _recording(order)
        outcomes = sorted(_outcomes(recording), key=lambda outcome: RUNS.index(outcome.run))
    except (CannotProve, ShelfError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command line's own words
        return 1
    if order.keep is not None:
        _keep(Path(order.keep))
    seconds = time.monotonic() - began
    if order.tell is not None:
        os.write(order.tell, msgspec.json.encode(in_short(outcomes, seconds, time.time())))
    print(as_json(outcomes, seconds) if order.json else as_text(outcomes, seconds))  # noqa: T201
    return 0 if holds(outcomes) else 1


def _recording(order: Order) -> Path:
    """A copy of the owner's, or the hub's own voice; it also hides what this machine has in /run.

    Raises OSError, ShelfError.
    """
    sound = Path(order.recording).read_bytes() if order.recording else b""
    settle_in(GATEWAY)
    if order.recording is None:
        return sample_files(Config(), WORKSHOP / "samples")[0]
    copy = WORKSHOP / f"recording{Path(order.recording).suffix}"
    copy.write_bytes(sound)
    return copy


def _outcomes(recording: Path) -> Iterator[Outcome]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        playing = [pool.submit(_outcome, run, recording) for run in RUNS]
        for done in as_completed(playing):
            print(mark(done.result()), file=sys.stderr, flush=True)  # noqa: T201 - progress
            yield done.result()


def _outcome(run: Run, recording: Path) -> Outcome:
    began = time.monotonic()
    evidence = play(run, recording)
    verdict = judge(evidence, forms(TOPICS, NAME))
    return Outcome(run, verdict, evidence.reached, evidence.last_words, time.monotonic() - began)


def _keep(folder: Path) -> None:
    """What was captured, for a look with Wireshark."""
    for file in WORKSHOP.glob("*/*.*"):
        if file.suffix in {".pcap", ".log"}:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, folder / f"{file.parent.name}-{file.name}")


if __name__ == "__main__":
    status = main(msgspec.json.decode(sys.argv[1], type=Order))
    sys.stdout.flush()
    os._exit(status)
