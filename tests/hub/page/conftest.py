from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.hub.page.parts import Stage, stage


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of the house under test."""
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path))
    return tmp_path


@pytest_asyncio.fixture
async def page(state: Path) -> AsyncIterator[Stage]:
    """At this machine, without a password."""
    async with stage(state) as made:
        yield made
