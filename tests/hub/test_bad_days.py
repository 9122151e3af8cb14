"""Bad days of a whole hub: its broker gone, its processes killed, its models damaged, itself told
to stop. Real processes, a real broker that is really killed."""

import json
import shutil
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.hub.recordings import A_REPLY, pause, spoken, write
from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

PROCESSES = ("senses", "mouth", "house")


@pytest.fixture(scope="session")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three times the same command, a few seconds apart."""
    folder = tmp_path_factory.mktemp("command")
    sound = spoken("Hey Jarvis, turn on the kitchen light.")
    return write(folder / "command.wav", pause(1), sound, pause(4), sound, pause(4), sound)


def settings(folder: Path, port: int, files: list[Path]) -> dict[str, object]:
    return {
        "node": "test",
        "microphone": {"files": [str(f) for f in files]} if files else {"source": "none"},
        "speaker": {"file": str(folder / "replies.wav")},
        "mqtt": {"host": "127.0.0.1", "port": port},
    }


@pytest.fixture
def quiet_hub(tmp_path: Path, mosquitto: Mosquitto, models: Path) -> Iterator[RunningHub]:
    """One without a microphone: typed sentences only."""
    hub = RunningHub(tmp_path / "hub", settings(tmp_path, mosquitto.port, []))
    yield hub
    hub.stop()


@pytest.mark.usefixtures("models")
def test_without_a_broker_it_hears_and_answers_and_tells_when_one_comes(
    tmp_path: Path, mosquitto: Mosquitto, command: Path
) -> None:
    mosquitto.kill()
    hub = RunningHub(tmp_path / "hub", settings(tmp_path, mosquitto.port, [command]))
    try:
        replies = tmp_path / "replies.wav"
        wait_until(lambda: replies.exists() and replies.stat().st_size > A_REPLY, 30)
        assert hub.said.count("No MQTT broker") == 1
        mosquitto.start()
        with Subscriber(mosquitto.port) as others:
            told = others.wait_for("event/command", event_type="recognized")
            assert told["slots"] == {"name": "Kitchen Light"}
            others.wait_for_plain("availability", b"online")
        mosquitto.kill()
        hub.wait_for_text(f"No MQTT broker at 127.0.0.1:{mosquitto.port} (the connection ended).")
        mosquitto.start()
        with Subscriber(mosquitto.port) as others:
            others.wait_for_plain("availability", b"online")
            others.wait_for("home/light_kitchen_light/state", state="on")
    finally:
        hub.stop()


@pytest.mark.slow
@pytest.mark.parametrize("name", PROCESSES)
def test_a_killed_process_is_back_within_two_seconds_and_the_others_are_unhurt(
    quiet_hub: RunningHub, mosquitto: Mosquitto, name: str
) -> None:
    with Subscriber(mosquitto.port) as others:
        others.wait_for("state/health", state="ok", restarts=0)
        before = {each: quiet_hub.pid(each) for each in PROCESSES}
        killed = quiet_hub.kill(name)
        wait_until(lambda: quiet_hub.pid(name) not in (None, killed), 2)
        assert all(quiet_hub.pid(each) == before[each] for each in PROCESSES if each != name)
        others.wait_for("state/health", 15, restarts=1)
        quiet_hub.wait_for_text(f"{name} stopped unexpectedly")
        others.publish("cmd/ask", {"v": 1, "text": "turn on the kitchen light"})
        others.wait_for("home/light_kitchen_light/state", state="on")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_within_two_seconds_and_says_that_it_is_gone(
    quiet_hub: RunningHub, mosquitto: Mosquitto, how: signal.Signals
) -> None:
    with Subscriber(mosquitto.port) as others:
        others.wait_for_plain("availability", b"online")
        pids = [quiet_hub.pid(each) for each in PROCESSES]
        assert quiet_hub.stop(how) < 2
        others.wait_for_plain("availability", b"offline", 2)
        assert quiet_hub.process.returncode == 0
        assert not [pid for pid in pids if pid and Path(f"/proc/{pid}").exists()]


@pytest.mark.slow
def test_what_is_malformed_is_refused_counted_and_never_logged(
    quiet_hub: RunningHub, mosquitto: Mosquitto
) -> None:
    secret = "the cellar window is open"
    with Subscriber(mosquitto.port) as others:
        others.wait_for("state/health", state="ok")
        malformed: tuple[tuple[str, bytes | str | Mapping[str, object]], ...] = (
            ("cmd/ask", secret),
            ("cmd/ask", {"v": 1, "text": 5}),
            ("cmd/ask", {"v": 1, "text": "hello", "note": secret}),
            ("cmd/dance", {"v": 1}),
            ("set/mute", {"v": 1, "muted": "yes"}),
            ("set/wake_sensitivity", {"v": 1, "value": 7}),
            ("home/light_nowhere/set", {"v": 1, "state": "on"}),
            ("cmd/say", json.dumps({"v": 1, "text": secret * 200})),
            ("cmd/say", b"\xff" * 10_000_000),
        )
        for place, payload in malformed:
            others.publish(place, payload)
        others.publish("cmd/ask", {"v": 1, "text": "turn on the kitchen light"})
        others.wait_for("home/light_kitchen_light/state", state="on")
        wait_until(lambda: int(str(others.last("state/health").get("refused", 0))) >= 8, 15)
    assert secret not in quiet_hub.said
    assert "Traceback" not in quiet_hub.said


def test_muted_it_has_no_microphone_and_only_the_machine_can_lift_its_own_mute(
    quiet_hub: RunningHub, mosquitto: Mosquitto
) -> None:
    with Subscriber(mosquitto.port) as others:
        others.wait_for_plain("availability", b"online")
        wait_until(lambda: quiet_hub.command("mute", "on").returncode == 0, 10)
        others.wait_for("state/mute", muted=True, by="machine")
        others.wait_for("state/assist", state="muted")
        others.publish("set/mute", {"v": 1, "muted": False})
        others.publish("cmd/ask", {"v": 1, "text": "turn on the kitchen light"})
        others.wait_for("home/light_kitchen_light/state", state="on")
        assert others.last("state/mute") == {"v": 1, "muted": True, "by": "machine"}
        assert quiet_hub.command("mute", "off").returncode == 0
        others.wait_for("state/mute", muted=False)


def test_a_model_with_a_flipped_bit_is_refused_by_name(
    tmp_path: Path,
    mosquitto: Mosquitto,
    models: Path,
    command: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf = tmp_path / "shelf"
    shutil.copytree(models, shelf)
    damaged = shelf / "silero" / "silero_vad_v6.onnx"
    content = bytearray(damaged.read_bytes())
    content[1000] ^= 1
    damaged.write_bytes(content)
    monkeypatch.setenv("INGLENOOK_MODELS", str(shelf))
    hub = RunningHub(tmp_path / "hub", settings(tmp_path, mosquitto.port, [command]))
    try:
        hub.wait_for_text("silero/silero_vad_v6.onnx")
        hub.wait_for_text("damaged")
        with Subscriber(mosquitto.port) as others:
            others.wait_for("state/assist", state="deaf")
            others.publish("cmd/ask", {"v": 1, "text": "turn on the kitchen light"})
            others.wait_for("home/light_kitchen_light/state", state="on")
    finally:
        hub.stop()


def test_wrong_settings_stop_the_start(tmp_path: Path) -> None:
    hub = RunningHub(tmp_path / "hub", {"microfone": {}})
    assert hub.process.wait(5) == 2
    hub.stop()
    assert "inglenook.yaml:1: microfone: unknown key; did you mean 'microphone'?" in hub.said


@pytest.mark.parametrize("text", [None, "entities: [{name: Lamp}]"])
def test_a_home_that_cannot_be_read_stops_the_start(tmp_path: Path, text: str | None) -> None:
    home = tmp_path / "home.yaml"
    if text is not None:
        home.write_text(text)
    hub = RunningHub(tmp_path / "hub", {"home": {"file": str(home)}})
    assert hub.process.wait(5) == 2
    hub.stop()
    assert str(home) in hub.said
    assert "Traceback" not in hub.said


@pytest.mark.slow
def test_a_second_hub_of_the_same_user_says_so_and_ends(
    quiet_hub: RunningHub, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    with Subscriber(mosquitto.port) as others:
        others.wait_for_plain("availability", b"online")
    second = RunningHub(tmp_path / "hub", settings(tmp_path, mosquitto.port, []))
    assert second.process.wait(10) == 1
    second.stop()
    assert "Another hub is running" in second.said
    assert quiet_hub.command("devices").returncode == 0


def test_a_secret_that_is_not_there_stops_the_start_with_its_place(tmp_path: Path) -> None:
    mqtt = {"host": "127.0.0.1", "password": {"file": str(tmp_path / "none")}}
    hub = RunningHub(tmp_path / "hub", {"mqtt": mqtt, "microphone": {"source": "none"}})
    assert hub.process.wait(10) == 1
    hub.stop()
    assert f"mqtt.password: the file {tmp_path}/none cannot be read." in hub.said
    assert "Traceback" not in hub.said
