"""A person is enrolled; then their wake word wakes the hub, and that of most others does not."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from audio.engines import EngineError
from audio.frames import Frame, Pcm
from hub.cli import wake
from hub.ears import make_hearing
from hub.keep.people import Person
from hub.messages import Wake
from hub.paths import enrolments_folder
from hub.settings import EngineChoice, Hear
from hub.shelf.shelf import open_shelf
from hub.voices import enrolled
from tests.hub.recordings import pause, recorded, spoken, write

SENTENCES = ("Alexa.", "Alexa, stop.", "Alexa, play music.", "Alexa, good morning.", "Hey Alexa.")


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    wake.add_parser(parser.add_subparsers())
    args = parser.parse_args(["wake", *arguments])
    return int(args.run(args))


@pytest.fixture
def config(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path / "state"))
    file = tmp_path / "inglenook.yaml"
    file.write_text("wake:\n  engine: openwakeword\n  words: [alexa]\n")
    return str(file)


@pytest.fixture
def people(data: Path) -> Sequence[Path]:
    return sorted((data / "wakeword/positive/alexa").glob("*.wav"))[:36]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Three wake words in one recording."""
    words = [part for text in SENTENCES[:3] for part in (spoken(text), pause(3))]
    return write(tmp_path / "mine.wav", *words)


def wakes(known: Sequence[Person] | None, sounds: Sequence[Pcm]) -> int:
    """How many of them wake it."""
    settings = Hear(
        wake=EngineChoice(engine="openwakeword", options={"words": ["alexa"]}),
        vad=EngineChoice(engine="silero"),
        asr=EngineChoice(engine="whisper"),
        no_speech=1.0,
    )
    hearing = make_hearing(settings, open_shelf(), people=known)
    stream = np.concatenate([part for sound in sounds for part in (pause(5), sound)] + [pause(5)])
    return sum(isinstance(report, Wake) for report in hearing.feed(Frame(stream, 0)))


def test_a_known_voice_wakes_it_and_most_others_do_not(
    config: str, mine: Path, people: Sequence[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    others = [str(file) for file in people[:20]]
    assert run("enrol", "Ada", str(mine), "--others", *others, "--config", config) == 0
    assert "Ada is enrolled for alexa" in capsys.readouterr().out
    known = enrolled(enrolments_folder())
    strangers = [recorded(file) for file in people[20:]]
    assert wakes(known, [spoken(text) for text in SENTENCES[3:]]) == 2
    assert wakes(known, strangers) <= len(strangers) // 3 < wakes(None, strangers)


def test_enrolled_again_listed_and_forgotten(
    config: str, mine: Path, people: Sequence[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    others = [str(file) for file in people[:16]]
    for _ in range(2):
        assert run("enrol", "Ada", str(mine), "--others", *others, "--config", config) == 0
    capsys.readouterr()
    assert run("voices") == 0
    assert capsys.readouterr().out == "Ada  openwakeword/alexa\n"
    assert run("forget", "Bob") == 1
    assert run("forget", "ada") == 0
    assert enrolled(enrolments_folder()) == ()
    capsys.readouterr()
    assert run("voices") == 0
    assert "Nobody" in capsys.readouterr().out


def test_too_few_words_enrol_nobody(
    config: str, mine: Path, people: Sequence[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    others = [str(file) for file in people[:3]]
    assert run("enrol", "Ada", str(mine), "--others", *others, "--config", config) == 2
    assert "Record more" in capsys.readouterr().err
    assert enrolled(enrolments_folder()) == ()


@pytest.mark.usefixtures("models")
def test_where_nobody_is_enrolled_it_says_so_instead_of_waking_for_all() -> None:
    with pytest.raises(EngineError, match="inglenook wake enrol"):
        wakes((), [])
