"""Which wall alone stops what, for docs/privacy.md: as root, `python -m tests.hub.cage.table`.

Each wall is tried with the others forbidden to us by a filter around, so that it stands alone.
"""

import sys
from collections.abc import Iterator

from hub.cage.escapes import forbidden
from hub.cage.rules import Role
from tests.hub.cage.children import inside

WALLS = ("none", "namespace", "landlock", "C")
HEAD = (
    "| tried from inside senses | no wall, as root | privileges dropped | + empty network "
    "| + Landlock | + seccomp |"
)


def table() -> Iterator[str]:
    yield HEAD
    yield "|---" * 6 + "|"
    unsealed = inside("A", "senses", "unsealed").report["held"]
    assert isinstance(unsealed, list)
    escaped = [inside(wall, "senses", "escapes").report["escaped"] for wall in WALLS]
    for name in forbidden(Role.SENSES):
        cells = ["not here" if name in unsealed else "works"]
        for works in escaped:
            assert isinstance(works, list)
            cells.append("works" if name in works else "stopped")
        yield f"| {name} | {' | '.join(cells)} |"


def rows(text: str) -> dict[str, list[str]]:
    """What was tried -> its cells, of a page with the table."""
    _, _, after = text.partition(HEAD)
    lines = (line.strip("| ").split(" | ") for line in after.splitlines()[2:])
    return {cells[0]: cells[1:] for cells in lines if len(cells) == len(WALLS) + 2}


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in table())
