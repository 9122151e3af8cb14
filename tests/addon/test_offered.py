"""A real Home Assistant offers what the app lends by itself, and forgets what is lent no more: the
app in its Debian root, a stand-in for the Supervisor between the two."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.ledger.book import FILE, entries
from tests.addon.discovery import OF_CORE
from tests.addon.installed import ADDRESS, RUN, data, environ
from tests.addon.supervisor import Answers, supervisor
from tests.debian import Debian
from tests.hub.running import wait_until
from tests.mosquitto import free_port
from tests.testbed.asking import add_discovered, discovered
from tests.testbed.fixtures import new_home_assistant
from tests.testbed.homeassistant import RunningHomeAssistant

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.usefixtures("models")]
OFFERED = ("stt.app_hub", "tts.app_hub", "wake_word.app_hub")


@pytest.fixture(scope="module")
def with_supervisor() -> Iterator[RunningHomeAssistant]:
    """A Home Assistant that believes it has one; it asks it when it is told something."""
    environ = {"SUPERVISOR": ADDRESS, "SUPERVISOR_TOKEN": OF_CORE}
    yield from new_home_assistant(environ=environ)


def test_home_assistant_offers_what_is_lent_until_it_is_not(
    tmp_path: Path, image: Debian, with_supervisor: RunningHomeAssistant
) -> None:
    home = with_supervisor
    broker = {"host": "127.0.0.1", "port": home.mqtt_port, "ssl": False}
    answers = Answers(
        {"/services/mqtt": {"data": broker}, "/core/api/config": {"language": "en"}},
        core=(home.url, home.token),
    )
    log = tmp_path / "log"
    ports = {"wyoming": {"port": free_port(), "speech": {"port": free_port()}}}
    binds = data(tmp_path, ports, lend_speech=True)
    options = tmp_path / "data/options.json"
    with supervisor(answers, ADDRESS, 80):
        with image.running([RUN], binds, log, **environ()):
            wait_until(lambda: discovered(home, "hassio"), 120, log.read_text)
            [flow] = discovered(home, "hassio")
            assert flow["context"]["title_placeholders"] == {"name": "Inglenook"}
            done = add_discovered(home, flow)
            assert (done["type"], done["title"]) == ("create_entry", "Inglenook")
            wait_until(lambda: None not in map(home.state, OFFERED), 30)
            assert "Home Assistant offers ears and voice" in log.read_text()
        told = json.loads(options.read_text())
        options.write_text(json.dumps({**told, "lend_speech": False}))
        with image.running([RUN], binds, log, **environ()):
            wait_until(lambda: set(map(home.state, OFFERED)) == {None}, 120, log.read_text)
    assert answers.discovery.messages == {}
    assert "Traceback" not in log.read_text()
    ledger = entries(tmp_path / "data/state" / FILE, 0)
    assert ledger
    assert [each for each in ledger if not each.purpose] == []  # telling it was counted, as known
