"""What is kept of a proof: in the owner's folder, as the owner, and believed only whole."""

import os
from pathlib import Path

import msgspec
import pytest

from hub.proof.kept import FILE, LastProof, keep, last

PROOF = LastProof(at=1_790_000_000.0, holds=True, runs=10, seconds=95.0, level="A")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    folder.mkdir()
    return folder


def test_it_is_kept_for_its_owner_alone(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INGLENOOK_STATE", str(state))
    assert last(state) is None
    assert keep(PROOF) == state / FILE
    assert last(state) == PROOF
    assert (state / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root writes for others")
def test_root_writes_as_the_folder_s_owner(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INGLENOOK_STATE", str(state))
    for folder in (*state.parents, state):
        if folder.is_relative_to(state.parents[2]):
            folder.chmod(0o755)
    os.chown(state, 12_345, 12_345)
    keep(PROOF)
    assert (state / FILE).stat().st_uid == 12_345
    assert os.geteuid() == 0
    (state / FILE).unlink()
    (state / FILE).with_suffix(".new").symlink_to("/etc/inglenook-nothing")
    keep(PROOF)
    assert not Path("/etc/inglenook-nothing").exists()


def test_without_a_hub_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path / "none"))
    assert keep(PROOF) is None
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("text", [b"", b"{}", b'{"at": 1', b"\xff", b'{"at": "x"}'])
def test_what_is_no_proof_is_none(state: Path, text: bytes) -> None:
    (state / FILE).write_bytes(text)
    assert last(state) is None


def test_another_version_is_named(state: Path) -> None:
    old = msgspec.structs.replace(PROOF, version="0.0.1", holds=False)
    (state / FILE).write_bytes(msgspec.json.encode(old))
    found = last(state)
    assert found is not None
    assert (found.version, found.holds) == ("0.0.1", False)
