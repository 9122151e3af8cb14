"""A machine with no input device and no light yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.button.machine import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path / "machine")
    yield made
    made.close()
