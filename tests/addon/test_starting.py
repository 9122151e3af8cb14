"""The settings of an app, from a Supervisor that answers, or does not."""

import json
from pathlib import Path

import pytest

from hub.app.options import BadOptions
from hub.app.starting import Place, written
from hub.config import Config
from hub.config_file import ConfigError, load
from integrations.supervisor import NotGiven, Supervisor
from tests.addon.supervisor import TOKEN, Answers, supervisor, usual

CAMERA = {"name": "Porch", "url": "rtsp://10.0.0.5/sub", "username": "me", "password": "s3cret"}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    found = Place(tmp_path / "options.json", tmp_path / "own.yaml", tmp_path / "run")
    found.options.write_text("{}")
    return found


def start(place: Place, answers: Answers, *, token: str = TOKEN) -> Config:
    with supervisor(answers) as address:
        return load(written(place, Supervisor(token, address), patience=0))


def test_broker_and_language_come_from_the_supervisor(place: Place) -> None:
    answers = usual()
    found = start(place, answers)
    assert (found.mqtt.host, found.mqtt.port, found.mqtt.username) == (
        "core-mosquitto",
        1883,
        "addons",
    )
    assert found.mqtt.password is not None
    assert found.mqtt.password.read().get_secret_value() == "broker-pass"
    assert found.language == "de"
    assert answers.asked == ["/core/api/config", "/services/mqtt"]


def test_passwords_lie_apart_readable_by_the_hub_alone(place: Place) -> None:
    place.options.write_text(json.dumps({"cameras": [CAMERA]}))
    start(place, usual())
    start(place, usual())  # a restart finds its files there
    settings = (place.run / "inglenook.yaml").read_text()
    assert "s3cret" not in settings
    assert "broker-pass" not in settings
    assert (place.run / "secrets/camera-porch").read_text() == "s3cret"
    assert place.run.stat().st_mode & 0o777 == 0o700
    for file in (place.run / "secrets").iterdir():
        assert file.stat().st_mode & 0o777 == 0o600


def test_without_a_broker_it_says_what_to_install(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = usual()
    del answers.bodies["/services/mqtt"]
    assert start(place, answers).mqtt.host is None
    assert "Install the Mosquitto app" in capsys.readouterr().err


@pytest.mark.parametrize("language", [None, "tlh", 7])
def test_a_language_that_is_not_told_or_not_spoken_is_english(
    place: Place, capsys: pytest.CaptureFixture[str], language: object
) -> None:
    answers = usual()
    answers.bodies["/core/api/config"] = {"language": language} if language else None
    assert start(place, answers).language == "en"
    assert "speaks English" in capsys.readouterr().err


def test_an_option_goes_before_the_owners_file_and_that_before_home_assistant(place: Place) -> None:
    place.own.write_text(
        "language: fr\nnode: attic\ncameras: {porch: {url: 'rtsp://old/', fps: 2}}"
    )
    assert start(place, usual()).language == "fr"
    place.options.write_text(json.dumps({"language": "nl", "cameras": [CAMERA]}))
    found = start(place, usual())
    assert (found.language, found.node) == ("nl", "attic")
    assert (found.cameras["porch"].fps, found.cameras["porch"].url) == (2.0, CAMERA["url"])


def test_the_owners_own_broker_is_kept(place: Place) -> None:
    place.own.write_text("mqtt: {host: broker.lan}")
    answers = usual()
    assert start(place, answers).mqtt.host == "broker.lan"
    assert "/services/mqtt" not in answers.asked


@pytest.mark.parametrize("own", ["mqtt: {hermes: true}", "mqtt:", "mqtt: {discovery_prefix: ha}"])
def test_what_else_the_owner_says_of_mqtt_keeps_home_assistants_broker(
    place: Place, own: str
) -> None:
    place.own.write_text(own)
    assert start(place, usual()).mqtt.host == "core-mosquitto"


def test_a_file_that_leads_nowhere_is_told(place: Place) -> None:
    place.own.symlink_to(place.own.with_name("gone"))
    with pytest.raises(ConfigError, match="cannot be read"):
        start(place, usual())


def test_a_mistake_in_the_owners_file_is_told_with_its_line(place: Place) -> None:
    place.own.write_text("node: attic\nlangage: de\n")
    with pytest.raises(ConfigError, match=r"own\.yaml:2: langage: .*did you mean 'language'"):
        start(place, usual())


def test_options_that_are_missing_are_named(place: Place) -> None:
    place.options.unlink()
    with pytest.raises(BadOptions, match=r"options\.json"):
        start(place, usual())


def test_a_wrong_token_or_nobody_there_is_an_answer_of_its_own() -> None:
    with supervisor(usual()) as address, pytest.raises(NotGiven, match="401"):
        Supervisor("wrong", address).broker()
    with pytest.raises(NotGiven, match="reached"):
        Supervisor(TOKEN, address).broker()


def test_what_is_no_broker_is_refused() -> None:
    answers = usual()
    answers.bodies["/services/mqtt"] = {"data": {"host": 5}}
    with supervisor(answers) as address, pytest.raises(NotGiven, match="no broker"):
        Supervisor(TOKEN, address).broker()
