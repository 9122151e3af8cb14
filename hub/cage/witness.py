"""What the kernel says about another process of the family, read by the sealed house.

So that it need not believe what a process that hears says of itself. Readable by everyone, also of
a process that hides its memory; only which network namespace it is in may be refused, and Landlock
leaves no trace that others can see.
"""

from contextlib import suppress
from pathlib import Path

from hub.cage.facts import Facts, Status, Surroundings, facts


def witness(pid: int) -> Facts | None:
    """None when it is not there, or /proc hides it (mounted with hidepid). `network` may be 0."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        seen = [look for task in tasks if (look := _look(task))]
    except OSError:
        return None
    if not seen:
        return None
    statuses, surroundings, networks = zip(*seen, strict=True)
    return facts(statuses, surroundings, networks)


def _look(task: Path) -> tuple[Status, Surroundings, int] | None:
    """None for a thread that has ended meanwhile."""
    with suppress(FileNotFoundError, ProcessLookupError):
        status = Status.of((task / "status").read_text())
        return status, _surroundings(task), _network(task)
    return None


def _surroundings(task: Path) -> Surroundings:
    """A thread that ended while others run has none to look at: it is not taken for closed in."""
    try:
        return Surroundings.of(task)
    except (FileNotFoundError, ProcessLookupError):
        raise  # it is gone now, not only ended
    except OSError:
        return Surroundings(network_empty=False, devices_hidden=False)


def _network(task: Path) -> int:
    try:
        return (task / "ns/net").stat().st_ino
    except PermissionError:
        return 0
