"""The app as the Supervisor starts it: the image's steps in a Debian root, the s6 service's own
command, a real Home Assistant behind the Supervisor, a real broker; only the sound is a recording.
"""

from pathlib import Path

import pytest

from tests.addon.installed import ADDRESS, RUN, data, environ
from tests.addon.supervisor import TOKEN, Answers, supervisor
from tests.debian import Debian
from tests.hub.running import wait_until
from tests.testbed.furnish import switch_off
from tests.testbed.homeassistant import RunningHomeAssistant

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.usefixtures("models")]
LIGHT = "light.kitchen_light"


def test_said_to_the_app_it_is_done_in_home_assistant(
    tmp_path: Path, image: Debian, home_assistant: RunningHomeAssistant
) -> None:
    home = home_assistant
    switch_off(home.url, home.token, LIGHT)
    wait_until(lambda: home.state(LIGHT) == "off", 10)
    broker = {"host": "127.0.0.1", "port": home.mqtt_port, "ssl": False}
    answers = Answers(
        {"/services/mqtt": {"data": broker}, "/core/api/config": {"language": "en"}},
        core=(home.url, home.token),
    )
    log = tmp_path / "log"
    binds = data(tmp_path, {})
    with (
        supervisor(answers, ADDRESS, 80),
        image.running([RUN], binds, log, **environ()) as process,
    ):

        def says(what: str, seconds: float = 120) -> None:
            def is_said() -> bool:
                return what in log.read_text() or process.poll() is not None

            wait_until(is_said, seconds, log.read_text)
            assert what in log.read_text(), log.read_text()

        says("Fetching the models")
        says("Connected to the MQTT broker")
        says("Sealed at level")
        event = "event.app_hub_last_command"
        wait_until(lambda: home.attribute(event, "event_type") == "recognized", 60, log.read_text)
        assert home.attribute(event, "intent") == "HassTurnOn"
        wait_until(lambda: home.state(LIGHT) == "on", 10, log.read_text)
        assert "Traceback" not in log.read_text()
        assert answers.asked == ["/core/api/config", "/services/mqtt"]
        secrets = {"mqtt"} & {file.name for file in (tmp_path / "data").rglob("*")}
        assert not secrets  # what is gone with the container lies in /run
    assert process.returncode in (0, -15, 143)
    kept = {file.name for file in (tmp_path / "data/state").iterdir()}
    assert "ledger.db" in kept


def test_options_that_cannot_be_used_end_it_with_plain_words(tmp_path: Path, image: Debian) -> None:
    binds = data(tmp_path, {}, model="huge")
    log = tmp_path / "log"
    answers = Answers({"/core/api/config": {"language": "en"}})
    with (
        supervisor(answers, ADDRESS, 80),
        image.running([RUN], binds, log, SUPERVISOR_TOKEN=TOKEN) as process,
    ):
        assert process.wait(60) == 2
    assert "options of the app cannot be used" in log.read_text()
    assert "Traceback" not in log.read_text()


def test_elsewhere_it_says_where_it_runs(image: Debian) -> None:
    done = image.run("/opt/inglenook/bin/inglenook", "app")
    assert (done.returncode, done.stdout) == (2, "")
    assert "inside a Home Assistant app only" in done.stderr


@pytest.mark.parametrize(("code", "signal", "told"), [(1, 0, "1"), (256, 9, "137"), (0, 0, None)])
def test_the_end_of_the_hub_is_the_end_of_the_container(
    tmp_path: Path, image: Debian, code: int, signal: int, told: str | None
) -> None:
    halt = tmp_path / "halt"
    halt.write_text("#!/bin/sh\ncat /run/s6-linux-init-container-results/exitcode; echo halted\n")
    halt.chmod(0o755)
    binds = {halt: "/run/s6/basedir/bin/halt"}
    finish = RUN.removesuffix("run") + "finish"
    script = f"mkdir -p /run/s6-linux-init-container-results; {finish} {code} {signal}"
    done = image.run("sh", "-c", script, binds=binds)
    assert done.stdout.split() == [*filter(None, [told]), "halted"]
