"""A hub that is muted by its button: also while its house hangs, and whoever wants it otherwise."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.hub.button.machine import Machine
from tests.hub.recordings import pause, write
from tests.hub.running import RunningHub, wait_until
from tests.hub.satellites.standin import Satellite
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180), pytest.mark.usefixtures("models")]
BUTTON = "event3"
Start = Callable[..., RunningHub]


@pytest.fixture
def light(machine: Machine) -> Path:
    machine.plug(BUTTON, "button@11")
    return machine.light("mute")


@pytest.fixture
def others(mosquitto: Mosquitto) -> Iterator[Subscriber]:
    with Subscriber(mosquitto.port) as listening:
        yield listening


@pytest.fixture
def start(machine: Machine, mosquitto: Mosquitto, tmp_path: Path) -> Iterator[Start]:
    """A quiet recording stands in for the microphone: a muted senses is given neither."""
    quiet = write(tmp_path / "quiet.wav", pause(150))
    with ExitStack() as stack:

        def begin(*words: str, **more: object) -> RunningHub:
            settings = {
                "node": "test",
                "microphone": {"files": [str(quiet)]},
                "speaker": {"file": str(tmp_path / "replies.wav")},
                "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
                "button": {"mute": "button@11", "light": "mute"},
                **more,
            }
            program = ("tests.hub.button.launch", str(machine.root), *words)
            hub = RunningHub(tmp_path / "hub", settings, program=program)
            stack.callback(hub.stop)
            return hub

        yield begin


def hears(hub: RunningHub) -> bool | None:
    """Whether its senses was started with something to hear; None while there is none."""
    pid = hub.pid("senses")
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return None
    return b'"source":"none"' not in words


def lit(light: Path) -> bool:
    return light.read_text() == "255\n"


def become(hub: RunningHub, light: Path, *, deaf: bool) -> None:
    def is_so() -> bool:
        return hears(hub) is not deaf and hears(hub) is not None and lit(light) is deaf

    wait_until(is_so, 30, lambda: f"deaf={deaf}: {hears(hub)}, {light.read_text()}, {hub.said}")


def test_a_press_mutes_and_nobody_elsewhere_lifts_it(
    start: Start, light: Path, machine: Machine, others: Subscriber
) -> None:
    hub = start()
    others.wait_for("state/assist", 60, state="idle")
    become(hub, light, deaf=False)
    machine.press(BUTTON)
    become(hub, light, deaf=True)
    others.wait_for("state/mute", muted=True, by="machine")
    hub.wait_for_text("The button was pressed: the microphone is closed.")
    others.publish("set/mute", {"v": 1, "muted": False})
    time.sleep(1)
    assert others.last("state/mute")["muted"] is True
    assert lit(light)
    machine.press(BUTTON)
    become(hub, light, deaf=False)
    others.wait_for("state/mute", muted=False, by="machine")

    others.publish("set/mute", {"v": 1, "muted": True})
    become(hub, light, deaf=True)
    machine.press(BUTTON)
    become(hub, light, deaf=False)
    others.wait_for("state/mute", muted=False, by="machine")
    assert "Traceback" not in hub.said


def test_it_works_while_the_house_hangs_and_what_that_asked_before_is_late(
    start: Start, light: Path, machine: Machine, others: Subscriber
) -> None:
    hub = start()
    others.wait_for("state/assist", 60, state="idle")
    others.publish("set/mute", {"v": 1, "muted": True})
    become(hub, light, deaf=True)
    house = hub.pid("house")
    assert house is not None
    os.kill(house, signal.SIGSTOP)
    others.publish("set/mute", {"v": 1, "muted": False})  # it reads this before it learns the rest
    machine.press(BUTTON)
    become(hub, light, deaf=False)
    machine.press(BUTTON)
    become(hub, light, deaf=True)
    os.kill(house, signal.SIGCONT)
    others.wait_for("state/mute", muted=True, by="machine")
    time.sleep(1)
    assert others.last("state/mute")["muted"] is True
    become(hub, light, deaf=True)

    hub.kill("house")
    machine.press(BUTTON)
    become(hub, light, deaf=False)
    machine.press(BUTTON)
    become(hub, light, deaf=True)
    wait_until(lambda: hub.pid("house") not in (None, house), 20)
    hub.wait_for_text("started again.")
    wait_until(lambda: hub.command("mute", "off").returncode == 0, 30)
    become(hub, light, deaf=False)


def test_the_light_waits_until_the_last_that_hears_has_ended(
    start: Start, light: Path, machine: Machine
) -> None:
    hub = start("--stubborn")
    children = Path(f"/proc/{hub.process.pid}/task/{hub.process.pid}/children")

    def stubborn() -> set[int]:
        pids = map(int, children.read_text().split())
        return {pid for pid in pids if b"SIG_IGN" in Path(f"/proc/{pid}/cmdline").read_bytes()}

    wait_until(stubborn, 20)
    [old] = stubborn()
    wait_until(lambda: light.read_text() == "0\n", 20)
    time.sleep(1)  # until it has learned not to obey
    machine.press(BUTTON)
    seen = set()
    while not lit(light):
        seen.add(Path(f"/proc/{old}").exists())
        assert len(seen) < 3
    assert True in seen, "it was lit at once"
    assert not Path(f"/proc/{old}").exists()


def test_it_closes_satellites_too(
    start: Start, light: Path, machine: Machine, others: Subscriber
) -> None:
    kitchen = Satellite()
    try:
        ears = {"kitchen": {"host": "127.0.0.1", "port": kitchen.port}}
        hub = start(satellites=ears)
        others.wait_for("state/satellites", 60, connected={"kitchen": True})
        machine.press(BUTTON)
        become(hub, light, deaf=True)
        assert (hub.pid("inlet"), kitchen.connected) == (None, 0)
        machine.press(BUTTON)
        others.wait_for("state/satellites", 30, connected={"kitchen": True})
        assert not lit(light)
    finally:
        kitchen.stop()


def test_a_new_start_opens_no_microphone_that_the_button_closed(
    start: Start, light: Path, machine: Machine, others: Subscriber
) -> None:
    """As when systemd ends a hub whose house hangs, or the power fails."""
    hub = start()
    become(hub, light, deaf=False)
    machine.press(BUTTON)
    become(hub, light, deaf=True)
    hub.process.kill()
    hub.stop()
    hub = start()
    become(hub, light, deaf=True)
    others.wait_for("state/mute", muted=True, by="machine")
    machine.press(BUTTON)
    become(hub, light, deaf=False)
    hub.stop()
    assert not lit(light)
    become(start(), light, deaf=False)
