"""A real Home Assistant finds the hub in the network by itself, where a real avahi announces it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.debian import appliance_root
from tests.hub.running import RunningHub, wait_until
from tests.mosquitto import free_port
from tests.network import own_network
from tests.testbed.asking import add_discovered, discovered
from tests.testbed.fixtures import new_home_assistant
from tests.testbed.homeassistant import RunningHomeAssistant

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.usefixtures("models")]
AVAHI = """
[server]
use-ipv6=no
allow-interfaces=ours
enable-dbus=no
[wide-area]
enable-wide-area=no
[publish]
publish-workstation=no
"""
"""Of Debian's settings but for the bus, which is none here."""


@pytest.fixture(scope="module")
def network() -> Iterator[None]:
    appliance_root()  # made with the machine's own network
    with own_network():
        yield


@pytest.fixture(scope="module")
def seeking(network: None) -> Iterator[RunningHomeAssistant]:
    """It looks around in the network, as it does where default_config: stands in its settings."""
    yield from new_home_assistant("zeroconf:\n")


@pytest.fixture(scope="module")
def services(network: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that a running avahi-daemon reads."""
    folder = tmp_path_factory.mktemp("avahi")
    services, settings = folder / "services", folder / "avahi-daemon.conf"
    services.mkdir(mode=0o755)
    settings.write_text(AVAHI)
    log = folder / "log"
    binds = {services: "/etc/avahi/services", settings: "/etc/avahi/avahi-daemon.conf"}
    with appliance_root().running(["avahi-daemon"], binds, log):
        wait_until(lambda: "Server startup complete" in log.read_text(), 20, log.read_text)
        yield services


@pytest.fixture(scope="module")
def announced(
    network: None, services: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningHub]:
    """A hub that lends everything to the network, and says so."""
    folder = tmp_path_factory.mktemp("found")
    everywhere = {"listen": "0.0.0.0"}
    running = RunningHub(
        folder / "hub",
        {
            "name": "Hub & home",
            "microphone": {"source": "none"},
            "speaker": {"file": str(folder / "replies.wav")},
            "mqtt": {"port": free_port()},
            "wyoming": {
                **everywhere,
                "port": free_port(),
                "speech": {**everywhere, "port": free_port()},
            },
        },
    )
    try:
        running.wait_for_text("Answers Wyoming at", 60)
        running.wait_for_text("Lends ears and voice by Wyoming at", 60)
        settings = str(folder / "hub/inglenook.yaml")
        done = running.command("announce", "--config", settings, "--folder", str(services))
        assert done.returncode == 0, done.stderr
        yield running
    finally:
        running.stop()


@pytest.mark.usefixtures("announced")
def test_it_is_offered_and_can_be_added(seeking: RunningHomeAssistant) -> None:
    wait_until(
        lambda: len(discovered(seeking, "zeroconf")) == 2,
        30,
        lambda: str(discovered(seeking, "zeroconf")),
    )
    flows = discovered(seeking, "zeroconf")
    for flow in flows:
        assert flow["context"]["title_placeholders"] == {"name": "Hub & home"}
        assert add_discovered(seeking, flow)["type"] == "create_entry"
    wanted = [f"{kind}.hub_home" for kind in ("stt", "tts", "wake_word", "conversation")]
    wait_until(lambda: None not in map(seeking.state, wanted), 30)
