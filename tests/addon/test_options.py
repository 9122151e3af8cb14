"""The app's options become settings of the hub."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from hub.app.options import BadOptions, CameraOption, Options, laid_over, read, settings
from hub.config import Config
from integrations.supervisor import Broker
from tests.addon.app import config, suits

SECRETS = Path("/run/inglenook/secrets")
BROKER = Broker("core-mosquitto", 1883, "addons", "broker-pass")
OPTIONS = Options(
    language="fr",
    area="Cuisine",
    wake_words=("alexa",),
    model="base",
    sensitivity=0.6,
    words=False,
    guest_aware=True,
    cameras=(
        CameraOption("Haustür", "rtsp://10.0.0.5/sub", "viewer", "s3cret", "Flur"),
        CameraOption("Driveway", "http://10.0.0.6/mjpeg"),
    ),
)


def made(options: Options, broker: Broker | None = BROKER) -> Config:
    found, _ = settings(options, broker, "en", SECRETS)
    return Config.model_validate(found)


def test_all_of_them_arrive() -> None:
    made_of = made(OPTIONS)
    assert (made_of.language, made_of.area) == ("fr", "Cuisine")
    assert made_of.wake.options() == {"words": ("alexa",)}
    assert made_of.asr.options() == {"model": "base"}
    assert made_of.listen.sensitivity == 0.6
    assert (made_of.privacy.words, made_of.privacy.guest_aware) == (False, True)
    assert list(made_of.cameras) == ["haustur", "driveway"]
    assert made_of.cameras["haustur"].name == "Haustür"
    assert made_of.cameras["haustur"].username == "viewer"
    assert (made_of.mqtt.host, made_of.mqtt.username) == ("core-mosquitto", "addons")
    assert not made_of.is_demo


def test_ears_and_voice_are_lent_where_the_app_is_and_only_if_wanted() -> None:
    assert made(Options()).wyoming is None
    wyoming = made(Options(lend_speech=True)).wyoming
    assert wyoming is not None
    assert wyoming.speech is not None
    assert (wyoming.listen, wyoming.speech.listen) == ("127.0.0.1", "0.0.0.0")


def test_nothing_filled_in_is_enough() -> None:
    made_of = made(read(msgspec.json.encode(config()["options"])))
    assert made_of.language == "en"
    assert made_of.home_assistant is not None
    assert made_of.home_assistant.url == "http://supervisor/core/websocket"
    assert made_of.page is not None
    assert made_of.page.ingress


def test_passwords_are_named_and_never_written_into_the_settings() -> None:
    found, contents = settings(OPTIONS, BROKER, "en", SECRETS)
    assert contents == {"mqtt": "broker-pass", "camera-haustur": "s3cret"}
    for password in contents.values():
        assert password not in repr(found)
        assert password not in repr(OPTIONS)
        assert password not in repr(BROKER)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b'{"langage": "de"}', "langage"),
        (b'{"model": "huge"}', "huge"),
        (b'{"cameras": [{"name": "a"}]}', "url"),
        (b"no JSON", "options"),
    ],
)
def test_a_wrong_option_is_named(text: bytes, says: str) -> None:
    with pytest.raises(BadOptions, match=says):
        read(text)


def test_two_cameras_of_one_name_are_refused() -> None:
    twice = CameraOption("Front door", "rtsp://a/1"), CameraOption("front-door", "rtsp://a/2")
    with pytest.raises(BadOptions, match="Two cameras"):
        settings(Options(cameras=twice), None, "en", SECRETS)


def test_the_owners_file_lies_below() -> None:
    own = {"cameras": {"driveway": {"zones": {"gate": 1}, "url": "old"}}, "node": "attic"}
    over = {"cameras": {"driveway": {"url": "new"}}, "language": "de"}
    assert laid_over(own, over) == {
        "cameras": {"driveway": {"zones": {"gate": 1}, "url": "new"}},
        "node": "attic",
        "language": "de",
    }


def test_a_secret_is_replaced_whole_and_a_login_stays_with_its_address() -> None:
    own = {"porch": {"url": "rtsp://old/", "username": "me", "password": {"env": "CAMERA"}}}
    moved = laid_over(own, {"porch": {"url": "rtsp://new/"}})
    assert moved == {"porch": {"url": "rtsp://new/"}}
    same = laid_over(own, {"porch": {"url": "rtsp://old/", "password": {"file": "/x"}}})
    assert same["porch"] == {"url": "rtsp://old/", "username": "me", "password": {"file": "/x"}}


def test_a_name_in_other_letters_has_a_key_too() -> None:
    cameras = (CameraOption("Вход", "rtsp://a/1"), CameraOption("前門", "rtsp://a/2"))
    assert list(made(Options(cameras=cameras)).cameras) == ["camera_1", "camera_2"]


SCHEMA = config()["schema"]
WORDS = st.text(min_size=1, max_size=30)
ANY = st.fixed_dictionaries(
    {"language": st.sampled_from(["auto", "en", "de", "es", "fr", "it", "nl"])},
    optional={
        "area": WORDS,
        "wake_words": st.lists(st.sampled_from(["alexa", "hey_jarvis"]), max_size=2),
        "model": st.sampled_from(["auto", "tiny.en", "base"]),
        "sensitivity": st.floats(0, 1),
        "words": st.booleans(),
        "guest_aware": st.booleans(),
        "lend_speech": st.booleans(),
        "cameras": st.lists(
            st.fixed_dictionaries(
                {"name": WORDS, "url": st.sampled_from(["rtsp://10.0.0.5/sub", "http://cam/x"])},
                optional={"username": WORDS, "password": WORDS, "area": WORDS},
            ),
            max_size=3,
        ),
    },
)


@trials(deadline=None)
@given(told=ANY)
def test_what_the_supervisor_takes_makes_settings_or_a_plain_refusal(
    told: dict[str, object],
) -> None:
    assert all(suits(SCHEMA[key], value) for key, value in told.items())
    options = read(msgspec.json.encode(told))
    try:
        found = made(options)
    except BadOptions:
        found = None  # two cameras' names that make the same key
    assert found is None or len(found.cameras) == len(options.cameras)
