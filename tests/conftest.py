"""What every test may ask for. Switches that must be set before any engine is imported."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"

from hub.shelf.shelf import models_folder, open_shelf
from intents.added import Added, load_added
from tests.audio.pulse import Pulse, missing_tools, pulse
from tests.mosquitto import locked_mosquitto, mosquitto, secret_mosquitto
from tests.testbed.fixtures import home_assistant

__all__ = ["home_assistant", "locked_mosquitto", "mosquitto", "secret_mosquitto"]

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def data() -> Path:
    """Real recordings, sentences and pictures for development; not part of the project."""
    folder = Path(os.environ.get("INGLENOOK_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        missing(f"No development data at {folder}: set INGLENOOK_DATA to its folder.")
    return folder


@pytest.fixture(scope="session")
def models() -> Path:
    """The shelf with the models that tests use."""
    shelf = open_shelf()
    if any(shelf.state(file) != "here" for file in shelf.manifest.members(["default"])):
        missing(f"No models at {shelf.folder}: run script/setup test.")
    return models_folder(os.environ)


@pytest.fixture
def sound_server() -> Iterator[Pulse]:
    if tools := missing_tools():
        missing(f"No {', '.join(tools)}: run script/setup test.")
    with tempfile.TemporaryDirectory() as folder, pulse(Path(folder)) as running:
        yield running


@pytest.fixture(scope="session")
def added() -> Added:
    """An owner's own sentences."""
    found = load_added([ROOT / "tests" / "custom_sentences"], "en")
    assert found is not None
    return found


def missing(message: str) -> None:
    """Named where people look; a failure where nobody does."""
    pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
