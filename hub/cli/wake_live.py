"""`inglenook wake tune` without recordings: what the running hub proposes from what it has heard.

It keeps the scores of wake words and of what was nearly one, in memory, and no sound. What was the
word it tells by what followed: a command, or the word said again.
"""

import sys
from collections.abc import Iterator

import msgspec

from hub.control import NoHub, TuneLine, TuneRequest, request
from hub.tuning import ENOUGH


def tune(*, json: bool) -> int:
    try:
        answer = request(TuneRequest())
    except NoHub as error:
        print(error, file=sys.stderr)
        return 1
    if answer.tuned is None:
        print(answer.problem, file=sys.stderr)
        return 1
    if json:
        print(msgspec.json.encode(answer.tuned).decode())
    else:
        print("\n".join(_report(answer.tuned)))
    return 0 if answer.tuned.sensitivity is not None else 1


def _report(found: TuneLine) -> Iterator[str]:
    yield (
        f"Since it started to listen: {found.words} times the wake word, as far as what followed "
        f"tells, and {found.others} times something like it."
    )
    if found.sensitivity is None:
        yield f"{ENOUGH} wake words are needed. Talk to it for a while, or use a recording."
        return
    heard = found.words - found.missed
    yield f"At the sensitivity below {heard} of {found.words} wake it, and {found.waking} others."
    yield f"Settings (sensitivity is {found.now:g} now; higher wakes sooner):"
    yield f"listen:\n  sensitivity: {found.sensitivity:g}"
