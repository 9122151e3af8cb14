"""A hub that its house had started anew: what it may not have gained by that."""

from pathlib import Path

import pytest

from hub.cli.run import Start, _settings
from hub.config import Config
from tests.hub.running import RunningHub
from tests.mosquitto import free_port

KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
CONFIG = Config.model_validate({"debug": {"recordings": {"to": KEY}}})


def test_no_recording_begins_and_a_mute_stands() -> None:
    again = _settings(Start(Path("a.yaml"), ("run",), "machine"), CONFIG, ())
    assert (again.recordings, again.muted) == (None, "machine")
    unmuted = _settings(Start(Path("a.yaml"), ("run",), "nobody"), CONFIG, ())
    assert (unmuted.recordings, unmuted.muted) == (None, None)


def test_only_the_owner_s_own_word_begins_a_recording() -> None:
    """Not the settings, which a house that was taken over could write."""
    first = _settings(Start(Path("a.yaml"), ("app",), house=("--own", "b")), CONFIG, ())
    assert first.recordings is None
    assert first.again[1:] == ("-m", "hub", "app")
    assert first.house == ("--config", "a.yaml", "--own", "b")
    asked = _settings(Start(Path("a.yaml"), ("run",), record=True), CONFIG, ())
    assert asked.recordings is not None
    assert "--record" not in asked.again


@pytest.mark.slow
@pytest.mark.usefixtures("models")
def test_a_hub_that_cannot_go_back_to_other_models_keeps_those_it_has(tmp_path: Path) -> None:
    settings = {"microphone": {"source": "none"}, "mqtt": {"port": free_port()}}
    hub = RunningHub(tmp_path / "hub", settings, "--again", "nobody", "--models-back")
    try:
        hub.wait_for_text("The models stay as they are: The shelf", 30)
        hub.wait_for_text("Sealed at level", 60)
    finally:
        hub.stop()
