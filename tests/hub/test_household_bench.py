"""The household's own sentences: sealed at rest, scored by the product's own chain."""

import argparse
import json
from pathlib import Path

import numpy as np
import pytest

from hub.cli import bench
from hub.household_bench.chest import Chest, NoSuchSentence
from hub.household_bench.scored import result
from hub.keep.errors import Damaged
from hub.scoring import Judged
from tests.hub.recordings import spoken, write

SOUND = np.arange(-500, 500, dtype=np.int16)


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    bench.add_parser(parser.add_subparsers())
    args = parser.parse_args(["bench", *arguments])
    return int(args.run(args))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path / "state"))
    return tmp_path / "state/bench"


def test_what_is_kept_comes_back_and_is_private(folder: Path) -> None:
    chest = Chest(folder)
    kept = chest.open(chest.add("turn on the lamp", SOUND))
    assert kept.text == "turn on the lamp"
    assert np.array_equal(kept.pcm, SOUND)
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        assert b"lamp" not in file.read_bytes()
        assert SOUND.tobytes()[:32] not in file.read_bytes()


def test_a_changed_or_exchanged_file_is_refused(folder: Path) -> None:
    chest = Chest(folder)
    one, other = chest.add("one", SOUND), chest.add("other", SOUND)
    (folder / f"{one}.sentence").write_bytes((folder / f"{other}.sentence").read_bytes())
    with pytest.raises(Damaged):
        chest.open(one)
    assert chest.open(other).text == "other"
    (folder / f"{other}.sentence").write_bytes(b"")
    with pytest.raises(Damaged):
        chest.open(other)


def test_without_the_key_nothing_opens(folder: Path) -> None:
    chest = Chest(folder)
    name = chest.add(None, SOUND)
    (folder / "key").unlink()
    with pytest.raises(Damaged):
        chest.open(name)


def test_delete(folder: Path) -> None:
    chest = Chest(folder)
    one, other = chest.add("one", SOUND), chest.add("other", SOUND)
    chest.delete(one)
    assert chest.ids() == (other,)
    with pytest.raises(NoSuchSentence):
        chest.delete("../key")
    chest.delete_all()
    assert list(folder.iterdir()) == []


def test_an_action_besides_the_exact_one_is_wrong() -> None:
    assert result(Judged(True, True, True, 0.1)) == "wrong action"
    assert result(Judged(True, True, False, 0.1)) == "exact"
    assert result(Judged(False, True, False, 0.1)) == "missed"


def test_nothing_kept_and_bad_input_say_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 2
    assert "bench add" in capsys.readouterr().err
    assert run("delete") == 2
    assert run("delete", "none") == 2
    assert run("add", str(folder / "none.wav")) == 2


def test_two_settings_in_one_run(
    folder: Path, models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = write(tmp_path / "a.wav", spoken("turn on the kitchen light"))
    talk = write(tmp_path / "b.wav", spoken("my sister came home late yesterday"))
    assert run("add", str(command), "turn on the kitchen light") == 0
    assert run("add", str(talk)) == 0
    assert run("add", str(talk), "my sister came home late yesterday") == 0
    assert run("--asr", "nonesuch") == 2
    assert run("--asr", "whisper:nonesuch") == 2
    other = tmp_path / "other.yaml"
    other.write_text("listen:\n  silence: 2.0\n")
    capsys.readouterr()
    assert run("--against", str(other), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["n"] for each in found["settings"]] == [2, 2]
    assert [each["exact"] for each in found["settings"]] == [2, 2]
    assert [each["wrong_actions"] for each in found["settings"]] == [0, 0]
    assert found["changed"] == []
    assert len(found["unscored"]) == 1
