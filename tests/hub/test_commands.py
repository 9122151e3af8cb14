"""The command line as people and scripts use it: output, JSON, exit status, plain errors."""

import json
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from audio.frames import RATE
from hub.__main__ import main
from tests.hub.recordings import pause, spoken, write

COMMAND = "turn on the kitchen light"


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings file, no running hub."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recording")
    return write(folder / "command.wav", pause(0.5), spoken("Turn on the kitchen light."))


def test_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", COMMAND]) == 0
    said = capsys.readouterr().out
    assert "HassTurnOn  name=Kitchen Light" in said
    assert "Kitchen Light: done" in said


def test_ask_as_json_has_the_keys_that_scripts_rely_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "--json", COMMAND]) == 0
    [turn] = lines(capsys)
    assert turn["words"] == COMMAND
    assert turn["intent"] == "HassTurnOn"
    assert turn["slots"] == {"name": "Kitchen Light"}
    assert turn["actions"] == [
        {"intent": "HassTurnOn", "targets": ["Kitchen Light"], "result": "done"}
    ]
    assert set(turn["seconds"]) == {"wake", "vad", "asr", "intent", "total"}  # type: ignore[call-overload]


def ask_many(text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hub", "ask", "--json", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def test_ask_many_each_a_conversation_of_its_own() -> None:
    home = {"entities": [{"name": "Attic Lamp", "domain": "light", "area": "Attic"}]}
    sentences = (
        "set a timer for five minutes",
        "cancel the timer",
        json.dumps({"text": "turn on the attic lamp", "home": home}),
        json.dumps({"text": "wie spät ist es", "language": "de"}),
        "nothing that anybody would ever ask of a house",
    )
    done = ask_many("\n".join(sentences))
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [turn["intent"] for turn in turns] == [
        *("HassStartTimer", "HassCancelTimer", "HassTurnOn", "HassGetCurrentTime", None)
    ]
    assert turns[1]["actions"][0]["result"] == "failed"
    assert turns[2]["slots"] == {"name": "Attic Lamp"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"text": 5}', "str"),
        ('{"text": "hi", "hom": {}}', "hom"),
        ('{"text": "hi", "home": {"entities": [{"name": "Lamp"}]}}', "domain"),
        ('{"text": "hi", "language": "klingon"}', "klingon"),
        ('{"text": ', ""),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_next_is_answered(
    line: str, expected: str
) -> None:
    done = ask_many(f"{line}\nwhat time is it\n")
    first, second = [json.loads(each) for each in done.stdout.splitlines()]
    assert done.returncode == 2
    assert done.stderr.startswith("line 1: ")
    assert expected in first["error"]
    assert second["intent"] == "HassGetCurrentTime"


@pytest.mark.usefixtures("models")
def test_hear_understands_a_recording(recording: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hear", "--wake", "never", "--json", str(recording)]) == 0
    [turn] = lines(capsys)
    assert turn["slots"] == {"name": "Kitchen Light"}


@pytest.mark.usefixtures("models")
def test_hear_waits_for_the_wake_word(
    recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hear", "--json", str(recording)]) == 0
    assert lines(capsys) == []
    woken = write(tmp_path / "woken.wav", pause(1), spoken("Hey Jarvis, what time is it?"))
    assert main(["hear", "--json", str(woken)]) == 0
    assert [turn["intent"] for turn in lines(capsys)] == ["HassGetCurrentTime"]


@pytest.mark.usefixtures("models")
def test_hear_scores_itself(
    recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = write(tmp_path / "silent.wav", pause(2))
    name = str(recording)
    rows = (
        {"audio": name, "intent": "HassTurnOn", "slots": {"name": "kitchen light "}},
        {"audio": name, "text": "turn on the garage light"},
        {"audio": name, "text": "nothing that a house understands"},
        {"audio": str(silent), "oov": True},
    )
    labels = tmp_path / "labels.jsonl"
    labels.write_text("\n".join(json.dumps(row) for row in rows))
    assert main(["hear", "--wake", "never", "--references", str(labels)]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["n"] == 3
    assert figures["exact"] == round(2 / 3, 4)
    assert figures["intent"] == 1.0
    assert figures["false_actions"] == 1
    assert figures["unscored"] == 1
    assert 0.2 < figures["p50"] < 5


def make_odd(folder: Path) -> dict[str, Path]:
    """Sound files that are right but not what we use inside, or not right at all."""
    odd = {name: folder / f"{name}.wav" for name in ("silent", "stereo", "bytes", "fast")}
    shapes = {"silent": (1, 2, RATE), "stereo": (2, 2, 44_100), "bytes": (1, 1, 8_000)}
    for name, file in odd.items():
        channels, width, rate = shapes.get(name, (1, 2, 96_000))
        with wave.open(str(file), "wb") as wav:
            wav.setparams((channels, width, rate, 0, "NONE", ""))
            zero = b"\x80" if width == 1 else b"\0"
            wav.writeframes(zero * (rate * channels * width))
    return odd


@pytest.mark.usefixtures("models")
def test_odd_recordings_are_heard_and_bad_ones_are_told(
    tmp_path: Path, recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = make_odd(tmp_path)
    assert main(["hear", "--json", *(str(file) for file in odd.values())]) == 0
    assert capsys.readouterr().err == ""
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "text.wav").write_text("this is not sound")
    (tmp_path / "cut.wav").write_bytes(recording.read_bytes()[:40])
    bad = ("empty.wav", "text.wav", "cut.wav", "missing.wav")
    assert main(["hear", "--wake", "never", "--json", *bad, str(recording)]) == 2
    said = capsys.readouterr()
    assert all(name in said.err for name in bad)
    assert json.loads(said.out)["intent"] == "HassTurnOn"


@pytest.mark.usefixtures("models")
def test_a_second_action_in_a_recording_is_a_false_one_and_a_missing_file_loses_no_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two = (spoken("Turn on the kitchen light."), pause(1.5), spoken("Turn on the garage light."))
    write(tmp_path / "two.wav", pause(0.5), *two)
    rows = ({"audio": "none.wav", "text": "x"}, {"audio": "two.wav", "text": COMMAND})
    labels = tmp_path / "labels.jsonl"
    labels.write_text("\ufeff" + "\n".join(json.dumps(row) for row in rows) + "\n\n")
    assert main(["hear", "--wake", "never", "--references", str(labels)]) == 2
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["n"], figures["exact"], figures["false_actions"]) == (1, 1.0, 1)
    assert figures["unscored"] == 1


def test_a_room_that_is_not_there_is_told_and_nothing_is_switched(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "--area", "Nowhere", "turn on the lights"]) == 2
    assert "Rooms: Kitchen, Living Room" in capsys.readouterr().err
    done = ask_many('{"text": "turn on the lights", "area": "Nowhere"}\n')
    assert done.returncode == 2
    assert "no room 'Nowhere'" in json.loads(done.stdout)["error"]


@pytest.mark.parametrize(
    "words",
    [
        ["hear"],
        ["ask", " "],
        ["ask", "--live", "-"],
        ["hear", "--language", "xx", "a.wav"],
        ["hear", "--references", "none.jsonl"],
        ["ask", "x", "--home", "none.yaml"],
    ],
)
def test_bad_usage_ends_with_two_and_says_why(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize("words", [["say", "hello"], ["mute"], ["ask", "--live", "hello"]])
def test_without_a_running_hub_they_say_so(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    assert "No hub is running" in capsys.readouterr().err


def test_check_and_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("node: kitchen\n")
    assert main(["check", str(file)]) == 0
    file.write_text("nod: kitchen\n")
    assert main(["check", str(file)]) == 2
    assert f"{file}:1: nod: unknown key; did you mean 'node'?" in capsys.readouterr().err
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Config"


def test_check_reads_the_sentences_that_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, own = tmp_path / "inglenook.yaml", tmp_path / "own.yaml"
    file.write_text(f"sentences: [{own}]\n", encoding="utf-8")
    own.write_text("language: en\nintents:\n  A: {data: [{sentences: ['a {b}']}]}\n", "utf-8")
    assert main(["check", str(file)]) == 2
    assert f"{own}, line 3" in capsys.readouterr().err
    own.write_text("language: en\nintents:\n  A: {data: [{sentences: ['a b']}]}\n", "utf-8")
    assert main(["check", str(file)]) == 0
    assert main(["ask", "--config", str(file), "--json", "a b"]) == 0
    assert '"published"' in capsys.readouterr().out


def test_doctor_and_devices(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", "--json"])
    findings = {each["what"]: each for each in json.loads(capsys.readouterr().out)}
    assert findings["settings"]["verdict"] == "works"
    assert findings["voice"]["verdict"] == "works"
    assert "CC BY-NC-SA" in findings["licences"]["detail"]
    assert main(["devices", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["home"] is None
    assert listed.keys() == {"microphones", "speakers", "buttons", "lights", "home"}
