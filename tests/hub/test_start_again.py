"""A hub that its house had started anew: what it may not have gained by that."""

from pathlib import Path

from hub.cli.run import Start, _settings
from hub.config import Config

KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
CONFIG = Config.model_validate({"debug": {"recordings": {"to": KEY}}})


def test_no_recording_begins_and_a_mute_stands() -> None:
    again = _settings(Start(Path("a.yaml"), ("run",), "machine"), CONFIG, ())
    assert (again.recordings, again.muted) == (None, "machine")
    unmuted = _settings(Start(Path("a.yaml"), ("run",), "nobody"), CONFIG, ())
    assert (unmuted.recordings, unmuted.muted) == (None, None)


def test_the_owner_s_own_start_records_what_the_settings_say() -> None:
    first = _settings(Start(Path("a.yaml"), ("app",), house=("--own", "b")), CONFIG, ())
    assert first.recordings is not None
    assert first.again[1:] == ("-m", "hub", "app")
    assert first.house == ("--config", "a.yaml", "--own", "b")
