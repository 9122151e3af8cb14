"""What every test may ask for. Switches that must be set before any engine is imported."""

import os
from pathlib import Path

import pytest

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def data() -> Path:
    """Real recordings, sentences and pictures for development; not part of the project."""
    folder = Path(os.environ.get("INGLENOOK_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        message = f"No development data at {folder}: set INGLENOOK_DATA to its folder."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return folder
