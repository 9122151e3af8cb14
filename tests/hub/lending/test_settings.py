"""What the booth is given: off by default, only what is lent, and nothing of the home."""

import msgspec
import pytest

from hub.config import Config
from hub.family import booth_settings, launcher_settings
from hub.lending.settings import BoothSettings


def lent(**settings: object) -> BoothSettings:
    found = booth_settings(Config.model_validate(settings))
    assert found is not None
    return found


@pytest.mark.parametrize("wyoming", [None, {}, {"port": 10700}])
def test_off_unless_the_settings_say_so(wyoming: object) -> None:
    config = Config.model_validate({"wyoming": wyoming} if wyoming is not None else {})
    assert booth_settings(config) is None
    assert launcher_settings(config, None).booth is None


def test_this_machine_alone_unless_the_settings_say_more() -> None:
    found = lent(wyoming={"speech": {}})
    assert (found.listen, found.port) == ("127.0.0.1", 10701)
    assert None not in (found.asr, found.vad, found.tts, found.wake)


def test_only_what_is_lent_is_loaded() -> None:
    found = lent(wyoming={"speech": {"asr": False, "tts": False}})
    assert (found.asr, found.vad, found.tts) == (None, None, None)
    assert found.wake is not None


def test_a_voice_is_lent_only_in_its_own_language() -> None:
    found = lent(language="de", wyoming={"speech": {}})
    assert found.tts is None
    assert found.asr is not None
    assert found.asr.options["model"] == "base"


def test_nothing_of_the_home_and_no_secret_is_in_it() -> None:
    secrets = {
        "mqtt": {"host": "broker-of-ours", "username": "me", "password": {"env": "A_SECRET"}},
        "home_assistant": {"url": "http://our-home:8123", "token": {"env": "A_SECRET"}},
        "area": "Secret room",
    }
    told = msgspec.json.encode(lent(wyoming={"speech": {}}, **secrets)).decode().lower()
    assert "secret" not in told
    assert "our" not in told
