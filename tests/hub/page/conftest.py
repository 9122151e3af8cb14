from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.hub.page.parts import Stage, stage
from tests.hub.page.settings_parts import OWN, Own
from tests.mosquitto import free_port


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


@pytest_asyncio.fixture
async def owned(state: Path) -> AsyncIterator[Stage]:
    async with stage(state, OWN) as made:
        yield made


@pytest.fixture
def file(state: Path) -> Own:
    return Own(state / "inglenook.yaml")


@pytest_asyncio.fixture
async def guarded(state: Path) -> AsyncIterator[Stage]:
    (state / "password").write_text("by the fire")
    section = {"password": {"file": str(state / "password")}}
    async with stage(state, {**OWN, "page": section, "privacy": {"words": False}}) as made:
        assert (await made.do("login", {"password": "by the fire"})).status == 200
        yield made


@pytest.fixture
def address() -> str:
    """Where a page may be served."""
    return f"http://127.0.0.1:{free_port()}/"
