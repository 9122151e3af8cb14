"""The settings file on the disk: changed whole, put back, and never over somebody else's change."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from hub.changing.file import HasChanged, NotWritable, OwnersFile, owners_file


@pytest.fixture
def own(tmp_path: Path) -> OwnersFile:
    file = tmp_path / "inglenook.yaml"
    file.write_bytes(b"area: Kitchen  # mine\r\n")
    file.chmod(0o640)
    return owners_file(file)


def names(own: OwnersFile) -> list[str]:
    return sorted(path.name for path in own.path.parent.iterdir())


def test_saved_undone_and_had_again(own: OwnersFile) -> None:
    first = own.read()
    assert not own.can_undo(first.mark)
    own.save(b"area: Hall\n", first.mark)
    second = own.read()
    assert (second.text, own.path.stat().st_mode & 0o777) == (b"area: Hall\n", 0o640)
    assert own.can_undo(second.mark)
    own.undo(second.mark)
    assert own.read() == first
    own.undo(first.mark)
    assert own.read() == second
    assert len(names(own)) == 2


def test_what_was_changed_meanwhile_is_not_overwritten(own: OwnersFile) -> None:
    first = own.read()
    own.save(b"area: Hall\n", first.mark)
    own.path.write_bytes(b"area: Cellar\n")
    by_hand = own.read()
    with pytest.raises(HasChanged):
        own.save(b"area: Attic\n", first.mark)
    with pytest.raises(HasChanged):
        own.undo(first.mark)
    assert not own.can_undo(by_hand.mark)
    with pytest.raises(NotWritable, match="no earlier state"):
        own.undo(by_hand.mark)
    assert own.read() == by_hand


def test_one_earlier_state_is_kept(own: OwnersFile) -> None:
    for area in (b"one", b"two", b"three"):
        own.save(b"area: " + area, own.read().mark)
    assert len(names(own)) == 2
    own.undo(own.read().mark)
    assert own.read().text == b"area: two"


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    own = owners_file(tmp_path / "inglenook.yaml")
    assert own.problem == ""
    own.save(b"area: Hall\n", own.read().mark)
    assert own.path.read_bytes() == b"area: Hall\n"
    own.undo(own.read().mark)
    assert own.read().text == b""


def test_behind_a_link_lies_what_is_changed(own: OwnersFile) -> None:
    link = own.path.with_name("link.yaml")
    link.symlink_to(own.path)
    owners_file(link).save(b"area: Hall\n", own.read().mark)
    assert link.is_symlink()
    assert own.read().text == b"area: Hall\n"


class Cut(Exception):
    """The power."""


@pytest.mark.parametrize("after", range(12))
def test_a_power_cut_leaves_one_whole_state(
    own: OwnersFile, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Nothing that follows the cut is done: each call that changes the disk is one to be cut at."""
    old, new, left = own.read(), b"area: Hall\n", after

    def cut(name: str) -> None:
        real = getattr(os, name)

        def call(*args: object, **options: object) -> object:
            nonlocal left
            if left == 0:
                raise Cut
            left -= 1
            return real(*args, **options)

        monkeypatch.setattr(os, name, call)

    for name in ("open", "fsync", "chmod", "link", "rename", "unlink"):
        cut(name)
    with suppress(Cut):
        own.save(new, old.mark)
    monkeypatch.undo()
    assert own.read().text in (old.text, new)
    own.save(b"area: Attic\n", own.read().mark)
    own.undo(own.read().mark)
    assert own.read().text in (old.text, new)


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours(own: OwnersFile) -> None:
    own.path.parent.chmod(0o500)
    try:
        assert "cannot be written" in own.problem
        with pytest.raises(NotWritable, match="cannot be written: Permission denied"):
            own.save(b"area: Hall\n", own.read().mark)
    finally:
        own.path.parent.chmod(0o700)
    assert owners_file(own.path / "below").problem.startswith("There is no folder")
