"""Which wall alone stops what, for docs/privacy.md: as root, `python -m tests.hub.cage.table`.

Each wall is tried with the others forbidden to us by a filter around, so that it stands alone.
"""

import sys
from collections.abc import Iterator, Mapping
from itertools import takewhile

from hub.cage.escapes import forbidden
from hub.cage.rules import Role
from tests.hub.cage.children import inside

WALLS = ("none", "namespace", "landlock", "C")
HEADS = {
    role: f"| tried from inside {role.value} | no wall, as root | privileges dropped "
    "| + empty network | + Landlock | + seccomp |"
    for role in (Role.SENSES, Role.EYE, Role.BOOTH)
}


def tried(role: Role) -> Mapping[str, object]:
    """What its table shows; that of others only what is not in that of senses."""
    known = forbidden(Role.SENSES) if role is not Role.SENSES else ()
    return {name: attempt for name, attempt in forbidden(role).items() if name not in known}


def table(role: Role) -> Iterator[str]:
    yield HEADS[role]
    yield "|---" * 6 + "|"
    unsealed = inside("A", role.value, "unsealed").report["held"]
    assert isinstance(unsealed, list)
    escaped = [inside(wall, role.value, "escapes").report["escaped"] for wall in WALLS]
    for name in tried(role):
        cells = ["not here" if name in unsealed else "works"]
        for works in escaped:
            assert isinstance(works, list)
            cells.append("works" if name in works else "stopped")
        yield f"| {name} | {' | '.join(cells)} |"


def rows(role: Role, text: str) -> dict[str, list[str]]:
    """What was tried -> its cells, of a page with the table."""
    _, _, after = text.partition(HEADS[role])
    lines = list(takewhile(lambda line: line.startswith("|"), after.split("\n")[1:]))
    return {cells[0]: cells[1:] for cells in (line.strip("| ").split(" | ") for line in lines[1:])}


if __name__ == "__main__":
    for each in HEADS:
        sys.stdout.writelines(f"{line}\n" for line in (*table(each), ""))
