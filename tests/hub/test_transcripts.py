"""Conversations as an owner reads them, one file each (tests/transcripts/README.md)."""

from pathlib import Path

import pytest

from tests.transcripts.play import Untrue, play
from tests.transcripts.script import WrittenWrong, read

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
FILES = sorted(TRANSCRIPTS.glob("*/*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
async def test_a_conversation_goes_as_it_is_written(file: Path) -> None:
    await play(file)


def test_there_are_enough_of_them() -> None:
    languages = [file.parent.name for file in FILES]
    assert languages.count("en") >= 60
    assert sum(file.stem.startswith("cameras") for file in FILES) >= 25
    assert languages.count("de") >= 15
    assert all(languages.count(language) >= 7 for language in ("fr", "es", "it", "nl"))


TRUE = "kitchen> turn on the kitchen light\nhub< ~ light\n= Kitchen Light: on\n! done\n"


async def test_what_is_true_passes(tmp_path: Path) -> None:
    await play(_file(tmp_path, TRUE))


@pytest.mark.parametrize(
    "untrue",
    [
        "hub< ~ garage",
        "hub< (nothing)",
        "= Kitchen Light: off",
        "= Kitchen Light: on, brightness 3",
        "= Fountain: on",
        "! nothing happens",
        "! refused",
        "? expects an answer",
    ],
)
async def test_a_line_that_does_not_come_true_is_named(tmp_path: Path, untrue: str) -> None:
    with pytest.raises(Untrue, match=r"one\.txt:5: wanted"):
        await play(_file(tmp_path, TRUE + untrue))


async def test_time_passes_and_what_rings_is_heard(tmp_path: Path) -> None:
    await play(
        _file(
            tmp_path,
            "kitchen> set a timer for ten minutes\n+ 9 min\nhub< (nothing)\n@ 12:20\nhub< timer",
        )
    )


@pytest.mark.parametrize("line", ["turn on the light", "hub< ~ (", "+ soon", "* the sun sets"])
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(WrittenWrong, match=r"one\.txt:1"):
        read(_file(tmp_path, line))


def _file(folder: Path, text: str) -> Path:
    language = folder / "en"
    language.mkdir()
    (language / "one.txt").write_text(text, encoding="utf-8")
    return language / "one.txt"
