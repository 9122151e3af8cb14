"""A wrong settings file: file, line, key, what was found, what is allowed; secrets never."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hub.config import Config
from hub.config_file import ConfigError, load


def mistakes(tmp_path: Path, text: str) -> tuple[Path, str]:
    file = tmp_path / "inglenook.yaml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(file)
    return file, str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("node: ok\nlanguge: en\n", 2, ["languge", "did you mean 'language'?"]),
        ("mqtt:\n  host: a\n  port: 99999\n", 3, ["mqtt.port", "99999", "65535"]),
        ("listen:\n  silence: long\n", 2, ["listen.silence", "'long'", "number"]),
        ("asr:\n  engine: wisper\n", 2, ["asr.engine", "'wisper'", "whisper", "vosk"]),
        ("asr:\n  engine: whisper\n  modell: base\n", 3, ["asr.modell", "did you mean 'model'?"]),
        ("asr:\n  model: huge\n", 2, ["asr.model", "'huge'", "tiny.en", "base"]),
        ("wake:\n  words: [hey_jarvis, hey_you]\n", 2, ["wake.words", "'hey_you'", "hey_jarvis"]),
        ("node: a\nmqtt: {}\nnode: b\n", 3, ["node", "twice", "line 1"]),
        ("node: [1, 2]\n", 1, ["node", "a list"]),
        ("microphone:\n  source: radio\n", 2, ["microphone.source", "'radio'", "'microphone'"]),
        ("location: {latitude: 95, longitude: 0}\n", 1, ["location.latitude", "95", "90"]),
        ("location: {latitude: 5}\n", 1, ["location.longitude", "must be given"]),
        ("mqtt: 5\n", 1, ["mqtt", "5", "section"]),
        ("mqtt: {listen: 0.0.0.0}\n", 1, ["mqtt", "username", "password"]),
        ("name: 2024-13-45\n", 0, ["not plain YAML"]),
        ("? [a, b]\n: 1\n", 0, ["YAML"]),
        ("wake:\n  words: hey_jarvis\n", 2, ["wake.words", "a list"]),
        ("node: {\n", 2, ["not YAML"]),
        ("cameras:\n  porch:\n    urll: rtsp://a/b\n", 3, ["urll", "did you mean 'url'?"]),
        ("cameras:\n  porch:\n    fps: 5\n", 2, ["cameras.porch", "one of url, device and file"]),
        ("cameras:\n  Porch: {device: a}\n", 2, ["Porch", "a-z"]),
        ("cameras: {a: {url: 'ftp://a/b'}}\n", 1, ["cameras.a", "rtsp://"]),
        ("cameras: {a: {device: a, never_see: [[[0, 0], [1, 1]]]}}\n", 1, ["three", "corners"]),
        (
            "cameras: {a: {device: a, never_see: [[[0, 0], [1, 1], [1, 0], [0, 1]]]}}\n",
            1,
            ["cross"],
        ),
        ("cameras: {a: {device: a, looks: {b: {zone: c, model: d}}}}\n", 1, ["no zone c"]),
        ("listen: {presence: true}\n", 1, ["presence", "area"]),
        (
            "wyoming: {speech: {asr: false, tts: false, wake: false}}\n",
            1,
            ["wyoming.speech", "one of asr, tts and wake"],
        ),
        ("wyoming: {port: 1, speech: {port: 1}}\n", 1, ["wyoming", "a port each"]),
        ("wyoming: {speech: {microphone: true}}\n", 1, ["wyoming.speech.microphone"]),
        ("home_assistant:\n  url: http://ha:8123\n", 1, ["home_assistant.token", "must be given"]),
    ],
)
def test_each_mistake_has_its_line_and_says_what_is_allowed(
    tmp_path: Path, text: str, line: int, expected: list[str]
) -> None:
    file, message = mistakes(tmp_path, text)
    assert message.startswith(f"{file}:{line}: ")
    for part in expected:
        assert part in message


def test_a_camera_s_password_in_its_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    text = "cameras: {porch: {url: 'rtsp://me:hunter2@192.168.1.20/sub'}}\n"
    _, message = mistakes(tmp_path, text)
    assert "hunter2" not in message
    assert "username and password" in message


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    _, message = mistakes(tmp_path, "a: 1\nb: 2\nmqtt:\n  c: 3\n")
    assert len(message.splitlines()) == 3


@pytest.mark.parametrize("secret", ["hunter2", "[hunter2]", "{plain: hunter2}"])
def test_a_secret_written_in_the_file_is_refused_and_not_repeated(
    tmp_path: Path, secret: str
) -> None:
    _, message = mistakes(tmp_path, f"mqtt:\n  host: a\n  password: {secret}\n")
    assert "hunter2" not in message
    assert "file" in message
    assert "env" in message


def test_without_a_file_everything_has_a_value() -> None:
    assert load(None) == Config()
    assert Config().is_demo


def test_a_section_whose_keys_are_all_commented_out_has_its_defaults(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("mqtt:\n  # host: there\nasr:\n")
    config = load(file)
    assert config.mqtt == Config().mqtt
    assert (config.asr.engine, config.asr.options()) == ("whisper", {})


def test_an_empty_file_is_right(tmp_path: Path) -> None:
    file = tmp_path / "empty.yaml"
    file.write_text("# nothing yet\n")
    assert load(file) == Config()


def test_a_missing_or_binary_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "none.yaml")
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(binary)


def test_engine_options_reach_the_engine(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("asr: {model: base, threads: 1}\nwake: {words: [alexa]}\n")
    config = load(file)
    assert config.asr.options() == {"model": "base", "threads": 1}
    assert config.wake.options() == {"words": ("alexa",)}


def test_the_schema_is_one_and_knows_every_engine() -> None:
    schema = Config.model_json_schema()
    Draft202012Validator.check_schema(schema)
    text = json.dumps(schema)
    for name in ("whisper", "vosk", "hibari", "piper", "silero", "openwakeword"):
        assert name in text
