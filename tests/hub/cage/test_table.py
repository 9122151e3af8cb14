"""docs/privacy.md shows what this machine shows."""

from pathlib import Path

import pytest

from hub.cage.rules import Role
from tests.hub.cage.table import HEADS, rows, table, tried

PAGE = Path(__file__).parents[3] / "docs" / "privacy.md"
ANEW = "Make it anew: python -m tests.hub.cage.table"


@pytest.mark.parametrize("role", list(HEADS))
def test_the_page_lists_every_attempt_and_what_stops_it(role: Role) -> None:
    """Seccomp alone stops each, but where an eye connects to: that is its empty network's part."""
    printed = rows(role, PAGE.read_text())
    assert list(printed) == list(tried(role)), ANEW
    weak = [name for name, cells in printed.items() if cells[-1] != "stopped"]
    assert weak == (["another address"] if role is Role.EYE else []), ANEW
    assert all("stopped" in cells for cells in printed.values()), ANEW


@pytest.mark.slow
@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("role", list(HEADS))
def test_the_page_promises_no_more_than_this_kernel_does(role: Role) -> None:
    """A kernel may stop more (it knows newer walls, or lacks what is tried)."""
    printed, here = rows(role, PAGE.read_text()), rows(role, "\n".join(table(role)))
    for name, cells in printed.items():
        pairs = zip(cells, here[name], strict=True)
        assert ("stopped", "works") not in pairs, f"{name}. {ANEW}"
