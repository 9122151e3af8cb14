"""The whole way: a sealed senses records, the launcher keeps, the owner opens what was said."""

import argparse
import json
import os
import selectors
import subprocess
import sys
import wave
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from pyrage.x25519 import Identity

from audio.frames import RATE
from hub.cli.recordings import add_parser, run
from hub.keep.keeper import Keeper
from hub.keep.owner import closed
from hub.keep.recordings import Folder
from hub.keep.settings import Recordings
from tests.conftest import ROOT

SECONDS = 30.0


@pytest.fixture
def owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Identity:
    """With an identity file as age-keygen writes it, and a state folder of its own."""
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path / "state"))
    made = Identity.generate()
    text = f"# created: today\n# public key: {made.to_public()}\n{made}\n"
    (tmp_path / "identity").write_text(text)
    return made


def record(folder: Path, owner: Identity) -> dict[str, object]:
    """Two utterances by a sealed process; what it reported."""
    selector = selectors.DefaultSelector()
    keeper = Keeper(folder, Recordings(to=str(owner.to_public())), selector)
    assert keeper.senses_end is not None
    ours, theirs = os.pipe()
    words = (str(keeper.senses_end), str(theirs), str(owner.to_public()), str(SECONDS))
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.hub.keep.sealed_recorder", *words],
        pass_fds=(keeper.senses_end, theirs),
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
    )
    os.close(theirs)
    while child.poll() is None:
        turn(selector)
    turn(selector)
    assert (keeper.recorded.kept, keeper.recorded.lost) == (2, 0)
    keeper.stop()
    with os.fdopen(ours) as report:
        seen: dict[str, object] = json.loads(report.read())
    return seen


def turn(selector: selectors.BaseSelector) -> None:
    for key, _ in selector.select(0.05):
        take: Callable[[], None] = key.data
        take()


def inglenook(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return run(parser.parse_args(["recordings", *words]))


def test_what_a_sealed_senses_recorded_the_owner_opens(
    owner: Identity, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = record(tmp_path / "state" / "recordings", owner)
    assert seen["level"] is not None
    assert seen["escaped"] == []
    assert seen["locked"] is True
    opened, identity = tmp_path / "opened", str(tmp_path / "identity")
    assert inglenook("open", "--identity", identity, "--to", str(opened)) == 0
    assert "2 of 2 recordings opened" in capsys.readouterr().out
    first, second = sorted(opened.iterdir())
    assert first.stat().st_mode & 0o777 == 0o600
    with wave.open(str(first)) as file:
        assert file.getparams()[:3] == (1, 2, RATE)
        heard = np.frombuffer(file.readframes(RATE), "<i2")
    np.testing.assert_array_equal(heard, np.arange(RATE).astype(np.int16))
    with wave.open(str(second)) as file:
        assert file.getnframes() == SECONDS * RATE
    assert inglenook("open", "--identity", identity, "--to", str(opened)) == 1, "overwritten"


@pytest.fixture
def two(owner: Identity, tmp_path: Path) -> Folder:
    """Two recordings of nothing in particular."""
    folder = Folder(tmp_path / "state" / "recordings")
    for body in (b"one", b"two"):
        recipient = owner.to_public()
        folder.add(closed(closed(body, recipient), recipient), datetime.now(UTC), 7)
    return folder


@pytest.mark.usefixtures("two")
def test_another_identity_opens_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other"
    other.write_text(str(Identity.generate()))
    opened = tmp_path / "opened"
    assert inglenook("open", "--identity", str(other), "--to", str(opened)) == 1
    assert list(opened.iterdir()) == []
    assert "another identity" in capsys.readouterr().err


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1QQ", "age1qq"])
def test_a_file_that_is_no_identity(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wrong").write_text(text)
    words = ("--identity", str(tmp_path / "wrong"), "--to", str(tmp_path / "opened"))
    assert inglenook("open", *words) == 1
    assert "age-keygen" in capsys.readouterr().err
    assert not (tmp_path / "opened").exists()


def test_a_damaged_recording_does_not_hide_the_other(
    two: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = two.recordings()
    bad.file.write_bytes(bad.file.read_bytes()[:-1])
    opened, identity = tmp_path / "opened", str(tmp_path / "identity")
    assert inglenook("open", "--identity", identity, "--to", str(opened)) == 1
    assert [file.stem for file in opened.iterdir()] == [good.name]
    assert bad.name in capsys.readouterr().err


def test_they_are_listed_and_deleted(two: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = two.recordings()
    assert inglenook("list") == 0
    shown = capsys.readouterr().out
    assert "Nothing is being recorded." in shown
    assert first.name in shown
    assert second.name in shown
    assert inglenook("delete") == 2
    assert inglenook("delete", "none") == 2
    assert inglenook("delete", first.name) == 0
    assert two.recordings() == (second,)
    assert inglenook("delete", "--all") == 0
    assert two.recordings() == ()


def test_the_list_says_that_it_records(
    owner: Identity, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Recordings(to=str(owner.to_public()))
    with selectors.DefaultSelector() as selector:
        keeper = Keeper(tmp_path / "state" / "recordings", settings, selector)
        assert inglenook("list") == 0
        keeper.stop()
    assert "Recording until" in capsys.readouterr().out
