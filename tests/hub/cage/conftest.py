"""What the tests of the seal ask of the machine."""

import os

import pytest

from tests.conftest import missing


@pytest.fixture
def root() -> None:
    if os.geteuid() != 0:
        missing("Not root: run the tests as root to try what needs its rights.")
