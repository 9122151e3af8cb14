"""A sealed house looks at a sealed senses: `... OUT LEVEL USER [unsealed]`, USER root or stranger.

Both from a fork, because a stranger may not be able to run this Python anew.
"""

import json
import os
import signal
import sys
import threading
from dataclasses import asdict

from hub.cage.facts import Facts
from hub.cage.kernel import prctl
from hub.cage.rules import Role
from hub.cage.seal import isolate, seal
from hub.cage.witness import witness
from tests.hub.cage.house_inside import STRANGER
from tests.hub.cage.inside import surround


def senses(told: int, *, sealed: bool) -> None:
    """With a thread that already runs when the seal closes."""
    if sealed:
        isolate(Role.SENSES)
    threading.Thread(target=signal.pause, daemon=True).start()
    facts = seal(Role.SENSES).facts if sealed else None
    os.write(told, json.dumps(facts and asdict(facts)).encode())
    signal.pause()


def become(user: str) -> None:
    if user == "stranger":
        os.setgroups(())
        os.setresgid(STRANGER, STRANGER, STRANGER)
        os.setresuid(STRANGER, STRANGER, STRANGER)
        prctl("dumpable", 1)  # as after a start: changing the user hid it


def main(out: int, level: str, user: str, *rest: str) -> None:
    become(user)
    surround(level)
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        senses(theirs, sealed=not rest)
    told = json.loads(os.read(ours, 4096))
    isolate(Role.HOUSE)
    house = seal(Role.HOUSE).level
    seen = witness(child)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    report = {"house": house, "told": told, "seen": _plain(seen), "gone": _plain(witness(child))}
    os.write(out, json.dumps(report).encode() + b"\n")


def _plain(facts: Facts | None) -> dict[str, object] | None:
    return asdict(facts) if facts else None


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
