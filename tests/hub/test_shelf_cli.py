"""`inglenook models`: exit codes and what it prints."""

import argparse
import json
import shutil
from pathlib import Path

import pytest

from hub.cli.models import add_parser, run
from hub.shelf.lists import PACKAGED, read_list
from hub.shelf.shelf import open_shelf


def models(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return run(parser.parse_args(["models", *words]))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INGLENOOK_MODELS", str(tmp_path))
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    return tmp_path


def test_list_as_json_names_every_file(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert models("list", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["folder"] == str(empty)
    assert [row["name"] for row in shown["files"]] == [f.name for f in open_shelf().manifest.files]
    assert {row["state"] for row in shown["files"]} == {"missing"}


def test_verify_of_an_empty_shelf_fails_and_says_what_to_do(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert models("verify") == 1
    printed = capsys.readouterr()
    assert "inglenook models pull default" in printed.err
    assert "whisper-base" not in printed.out  # neither asked for nor there
    assert not list(empty.iterdir())


def test_verify_finds_a_file_of_the_right_size_and_wrong_content(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = open_shelf().manifest.file("whisper-base/config.json")
    (empty / "whisper-base").mkdir()
    (empty / file.name).write_bytes(bytes(file.size))
    assert models("verify", "alexa", "--json") == 1
    states = {row["name"]: row["state"] for row in json.loads(capsys.readouterr().out)["files"]}
    assert states == {
        "openwakeword/alexa_v0.1.onnx": "missing",
        "whisper-base/config.json": "damaged",
    }


@pytest.mark.usefixtures("empty")
def test_pull_shows_the_licence_and_fails_clearly_when_offline(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert models("pull", "alexa") == 1
    said = capsys.readouterr().err
    assert "CC BY-NC-SA 4.0" in said
    assert "Is this machine online" in said


@pytest.mark.usefixtures("empty")
def test_an_unknown_group_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert models("pull", "aleksa") == 2
    assert "default" in capsys.readouterr().err


def test_a_shelf_that_cannot_be_written_is_an_error_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("INGLENOOK_MODELS", str(blocked / "models"))
    assert models("pull") == 1
    assert str(blocked) in capsys.readouterr().err


def test_update_takes_a_list_from_a_file_but_no_known_one_without_the_owners_word(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    brought = tmp_path_factory.mktemp("brought") / "list.json"
    shutil.copy(PACKAGED, brought)
    shutil.copy(f"{PACKAGED}.minisig", f"{brought}.minisig")
    assert models("update", str(brought), "--json") == 0
    assert json.loads(capsys.readouterr().out)["serial"] == read_list().serial
    assert models("update", str(brought)) == 1
    assert "update --older" in capsys.readouterr().err
    assert models("update", str(brought), "--older") == 0
    brought.write_bytes(brought.read_bytes().replace(b"MIT", b"ISC", 1))
    assert models("update", str(brought), "--older") == 1
    assert "changed after it was signed" in capsys.readouterr().err
    assert {path.name for path in empty.iterdir()} == {".list", ".serial", ".lock"}


def test_a_damaged_list_on_the_shelf_is_replaced_by_this_versions(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert models("update") == 0
    (empty / ".list").write_bytes(b"rust")
    assert models("list") == 1
    assert "inglenook models update --older" in capsys.readouterr().err
    assert models("update", "--older") == 0
    assert models("list") == 0


@pytest.mark.usefixtures("empty")
def test_rollback_with_nothing_to_go_back_to_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert models("rollback") == 1
    assert "keeps no previous set" in capsys.readouterr().err


@pytest.mark.usefixtures("empty")
def test_the_table_is_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    assert models("list") == 0
    _, head, *rows, total = capsys.readouterr().out.splitlines()
    column = head.index("model")
    names = [file.name for file in open_shelf().manifest.files]
    assert [row[column:] for row in rows] == names
    assert total == f"Signed list {read_list().serial}; 0.0 kB on disk."
