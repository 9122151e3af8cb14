"""Where the house writes."""

from pathlib import Path

import pytest

from hub.paths import house_writes


def test_its_own_folders_are_there_before_they_are_all_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path / "data" / "state"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    assert house_writes(None) == (tmp_path / "data" / "state", tmp_path / "run")
    assert (tmp_path / "data" / "state").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "run").is_dir()


def test_that_of_the_settings_where_they_really_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path / "state"))
    file = tmp_path / "really" / "inglenook.yaml"
    file.parent.mkdir()
    file.touch()
    (tmp_path / "link.yaml").symlink_to(file)
    assert house_writes(tmp_path / "link.yaml")[-1] == file.parent


def test_a_place_that_cannot_be_had_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path / "file" / "state"))
    assert house_writes(None)[0] == tmp_path / "file" / "state"
