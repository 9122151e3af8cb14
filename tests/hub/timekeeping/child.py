"""A process that sets one alarm after the other and says which are granted, until it is killed.

python -m tests.hub.timekeeping.child FILE ROUND
"""

import os
import sys
from itertools import count
from pathlib import Path

from hub.timekeeping.keeper import Timekeeper
from hub.timekeeping.store import File
from hub.timekeeping.zone import LocalClock
from intents.answers import Answers
from intents.wishes import Wish

KEPT = 5
"""Of each round; all rounds together stay well below what an agenda holds."""
now = LocalClock()


def main(path: Path, number: str) -> None:
    keeper = Timekeeper(Answers("en"), store=File(path, sys.exit))
    for i in count():
        name = f"{number}.{i}"
        outcome = keeper.take(Wish("HubSetAlarm", {"minutes": 500, "name": name}), None, now())
        if outcome.actions[0].result != "done":
            sys.exit("no more can be kept")
        os.write(1, f"{name}\n".encode())
        if i % 3 or i > 3 * KEPT:
            keeper.take(Wish("HubCancelAlarm", {"name": name}), None, now())
            os.write(1, f"-{name}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
