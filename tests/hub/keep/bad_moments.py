"""In a process of its own: `... killed ADD|ENROL|FORGET FOLDER` and `... full FOLDER`.

`killed` does the task again and again in a child that gets SIGKILL before its first, second, third
... call that touches a file, until one gets through. `full` works on a disk of 64 kB. Each prints
one JSON line.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

from hub.cage.kernel import mount
from hub.cage.namespaces import new_mounts
from hub.keep.enrolments import Enrolments
from tests.hub.keep.test_enrolments import NOW, voice

_TOUCHES = {
    *("open", "write", "flush", "fsync", "close", "unlink", "rename", "mkdir", "chmod", "flock"),
}
NOT_ALLOWED = 77
Seen = dict[str, object]


def add(store: Enrolments) -> None:
    store.add(store.found(NOW).people[0].id, voice(9))


def enrol(store: Enrolments) -> None:
    store.enrol("Cleo", [voice(7), voice(8)])


def forget(store: Enrolments) -> None:
    store.forget(store.found(NOW).people[0].id)


TASKS: Mapping[str, Callable[[Enrolments], None]] = {
    task.__name__: task for task in (add, enrol, forget)
}


def killed(task: str, folder: Path) -> Seen:
    """For each kill: how many are damaged, the number of examples of each person, of files, and
    of keys that were still good when their box was gone.
    """
    begun = folder / "begun"
    store = Enrolments(begun)
    for name in ("Ann", "Bo"):
        store.enrol(name, [voice(1), voice(2)])
    found, count = [], 0
    while True:
        count += 1
        place = folder / str(count)
        shutil.copytree(begun, place)
        was_killed = _die_at(count, TASKS[task], place)
        lone = _lone_keys(place)
        after = Enrolments(place).found(NOW)
        people = sorted(len(each.examples) for each in after.people)
        found.append((len(after.damaged), people, _files(place), lone))
        if not was_killed:
            return {"found": found}


def _files(place: Path) -> int:
    return len(list(place.iterdir()))


def _lone_keys(place: Path) -> int:
    lone = (key for key in place.glob("*.key") if not key.with_suffix(".box").exists())
    return sum(any(key.read_bytes()) for key in lone)


def _die_at(count: int, task: Callable[[Enrolments], None], place: Path) -> bool:
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left = count

    def watch(_: FrameType, event: str, called: object) -> None:
        nonlocal left
        if event == "c_call" and getattr(called, "__name__", "") in _TOUCHES:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    task(Enrolments(place))
    sys.setprofile(None)
    os._exit(0)


def full(folder: Path) -> Seen:
    """People are enrolled, then examples added, until the disk is full; then one is forgotten."""
    try:
        new_mounts()
        mount("none", "/", "none", 0x4000 | 0x40000)
        mount("none", str(folder), "tmpfs", 0, "size=64k")
    except OSError:
        sys.exit(NOT_ALLOWED)
    store = Enrolments(folder / "enrolments")
    people = _until_full(lambda: store.enrol("Ann", [voice(1)]))
    files = _files(folder / "enrolments")
    examples = _until_full(lambda: add(store))
    after = Enrolments(folder / "enrolments").found(NOW)
    forget(store)
    return {
        "people": people,
        "files": files,
        "found": len(after.people),
        "damaged": len(after.damaged),
        "examples": sum(len(each.examples) for each in after.people) == people + examples,
        "left": len(store.found(NOW).people),
    }


def _until_full(task: Callable[[], object]) -> int:
    for done in range(1_000):
        try:
            task()
        except OSError:
            return done
    raise AssertionError


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["killed", task, folder]:
            print(json.dumps(killed(task, Path(folder))))  # noqa: T201 - the report
        case ["full", folder]:
            print(json.dumps(full(Path(folder))))  # noqa: T201 - the report
