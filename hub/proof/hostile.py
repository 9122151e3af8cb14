"""A senses that was taken over: closed like ours (`sealed`) or not (`open`), then it tries all.

`python -m hub.proof.hostile sealed|open --up FD --down FD --parent PID SETTINGS`. It opens no
microphone. The first thing it says, "idle", means that every way out was tried; then it floods the
pipe to the house.
"""

import argparse
import os
import select
import sys
import time
from pathlib import Path

from hub.cage.closing import closed
from hub.cage.escapes import try_all
from hub.cage.rules import Role
from hub.cage.seal import isolate
from hub.messages import State
from hub.pipes import Writer
from hub.process import prepare, quit_on_sigterm
from hub.proof.attempts import try_every
from hub.proof.flood import lines

_NOTICED = 2.0
"""Seconds, in which the house connects and tells the broker: only the newest state is told."""
_PACE = 0.001
"""Seconds between lines: what comes faster is lost before it is told."""
_FOREVER = 3_600.0


def main() -> int:
    sealed = sys.argv.pop(1) == "sealed"
    if sealed:
        isolate(Role.SENSES)
    parser = argparse.ArgumentParser()
    parser.add_argument("settings")
    parser.add_argument("--reference", type=int, required=True)
    parser.add_argument("--ear", action="append")
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    folders = tuple(Path(os.environ[name]) for name in ("HOME", "XDG_RUNTIME_DIR"))
    if sealed:
        closed(Role.SENSES)
    select.select([args.down], [], [])  # until the house is there
    try_every(folders)
    try_all(Role.SENSES)
    os.write(args.up, b"\n")  # behind what the attempts left in the pipe
    Writer(args.up).send(State(source="senses", state="idle"))
    time.sleep(_NOTICED)
    os.set_blocking(args.up, True)
    for line in lines():
        os.write(args.up, line)
        time.sleep(_PACE)
    time.sleep(_FOREVER)  # one that ends would be started again
    return 0


if __name__ == "__main__":
    sys.exit(main())
