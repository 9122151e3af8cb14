"""`inglenook wake tune` on recordings: what it finds, proposes and says."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.frames import RATE, Pcm
from hub.cli import wake
from tests.hub.recordings import pause, recorded, spoken, write


def tune(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    wake.add_parser(parser.add_subparsers())
    args = parser.parse_args(["wake", "tune", *arguments])
    return int(args.run(args))


@pytest.fixture
def config(tmp_path: Path) -> str:
    file = tmp_path / "inglenook.yaml"
    file.write_text("wake:\n  engine: openwakeword\n  words: [alexa]\n")
    return str(file)


@pytest.fixture
def say(data: Path, models: Path, tmp_path: Path) -> Callable[..., str]:
    """Four people saying alexa, and what is added, in one file."""
    names = sorted((data / "wakeword/positive/alexa").glob("*.wav"))[:4]

    def said(name: str, *more: Pcm) -> str:
        words = [part for file in names for part in (pause(1), recorded(file))]
        return str(write(tmp_path / name, *words, *more))

    return said


def figures(capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    found: dict[str, float] = json.loads(capsys.readouterr().out)
    return found


def test_every_word_is_one_passage_and_all_of_them_wake(
    say: Callable[..., str], config: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noise = str(data / "wakeword/negative/noise")
    assert tune(say("me.wav"), "--quiet", noise, "--config", config, "--json") == 0
    found = figures(capsys)
    assert (found["words"], found["missed"], found["waking"]) == (4, 0, 0)
    assert found["loudest"] < found["threshold"] < found["quietest"]
    assert found["sensitivity"] == pytest.approx(1 - found["threshold"])


def test_other_speech_is_a_passage_that_no_setting_reaches(
    say: Callable[..., str], config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed = say("mixed.wav", pause(1), spoken("What a lovely day for a walk."))
    assert tune(mixed, "--config", config) == 0
    said = capsys.readouterr().out
    assert "4 of 5 wake it" in said
    assert "No setting is right for all of this" in said
    assert said.count("#|#") == 4
    assert "listen:\n  sensitivity: 0." in said


def test_the_word_in_the_quiet_recording_is_a_false_wake(
    say: Callable[..., str], config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = say("me.wav")
    assert tune(file, "--quiet", file, "--config", config, "--json") == 0
    found = figures(capsys)
    assert found["missed"] + found["waking"] == 4
    assert found["others"] == 4


def test_what_it_cannot_use_it_says(
    tmp_path: Path, config: str, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noise = np.random.default_rng(0).normal(0, 30, 3 * RATE).astype(np.int16)
    assert tune(str(write(tmp_path / "noise.wav", noise)), "--config", config) == 1
    assert "0 passages of speech were found" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    for bad in (["none.wav"], [str(tmp_path / "noise.wav"), "--quiet", str(tmp_path / "empty")]):
        assert tune(*bad, "--config", config) == 2
        assert bad[-1].rsplit("/", 1)[-1] in capsys.readouterr().err
