"""docs/privacy.md shows what this machine shows."""

from pathlib import Path

import pytest

from hub.cage.escapes import forbidden
from hub.cage.rules import Role
from tests.hub.cage.table import rows, table

PAGE = Path(__file__).parents[3] / "docs" / "privacy.md"
ANEW = "Make it anew: python -m tests.hub.cage.table"


def test_the_page_lists_every_attempt_and_seccomp_alone_stops_each() -> None:
    printed = rows(PAGE.read_text())
    assert list(printed) == list(forbidden(Role.SENSES)), ANEW
    assert {cells[-1] for cells in printed.values()} == {"stopped"}, ANEW


@pytest.mark.slow
@pytest.mark.usefixtures("root")
def test_the_page_promises_no_more_than_this_kernel_does() -> None:
    """A kernel may stop more (it knows newer walls, or lacks what is tried)."""
    printed, here = rows(PAGE.read_text()), rows("\n".join(table()))
    for name, cells in printed.items():
        pairs = zip(cells, here[name], strict=True)
        assert ("stopped", "works") not in pairs, f"{name}. {ANEW}"
