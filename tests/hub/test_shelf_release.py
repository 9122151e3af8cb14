"""A release in miniature, by the real programs: script/sign signs, `inglenook models` follows.

In a copy of the hub, which has a key of its own.
"""

import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from hub.shelf.manifest import Manifest, Url
from tests.hub.shelf_parts import model

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Copy:
    folder: Path

    @property
    def listed(self) -> Path:
        return self.folder / "hub/shelf/manifest.json"

    @property
    def key(self) -> Path:
        return self.folder / "config/inglenook/release.key"

    def write(self, serial: int, content: bytes) -> None:
        """A list of one file, which lies beside it."""
        file = model("ear/a.txt", content, Url("http://127.0.0.1:9/nothing-listens"))
        self.listed.write_bytes(msgspec.json.format(msgspec.json.encode(Manifest(serial, (file,)))))

    def put(self, content: bytes) -> None:
        """As if it had been fetched."""
        (self.folder / "shelf/ear").mkdir(parents=True, exist_ok=True)
        (self.folder / "shelf/ear/a.txt").write_bytes(content)

    def sign(self) -> str:
        return self._run(str(self.folder / "script/sign")).stdout

    def models(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._run("-m", "hub", "models", *words)

    def serial(self) -> int:
        listed = json.loads(self.models("list", "--json").stdout)
        assert isinstance(listed["serial"], int)
        return listed["serial"]

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        here = {
            "PYTHONPATH": str(self.folder),
            "INGLENOOK_MODELS": str(self.folder / "shelf"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
        }
        command = [sys.executable, "-P", *words]
        return subprocess.run(
            command, env={**os.environ, **here}, capture_output=True, text=True, check=False
        )


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    skipped = shutil.ignore_patterns("__pycache__", "*.pub", "*.minisig")
    shutil.copytree(ROOT / "hub", tmp_path / "hub", ignore=skipped)
    (tmp_path / "script").mkdir()
    shutil.copy(ROOT / "script/sign", tmp_path / "script/sign")
    return Copy(tmp_path)


def test_a_first_signature_makes_a_key_that_only_its_owner_reads(copy: Copy) -> None:
    copy.write(1, b"first")
    assert copy.models("list").returncode == 1  # nothing is signed yet
    assert str(copy.key) in copy.sign()
    assert stat.S_IMODE(copy.key.stat().st_mode) == 0o600
    assert copy.serial() == 1
    private = copy.key.read_bytes()
    assert "new" not in copy.sign()
    assert (copy.key.read_bytes(), copy.serial()) == (private, 1)


def test_a_list_that_changed_gets_the_next_serial(copy: Copy) -> None:
    copy.write(1, b"first")
    copy.sign()
    copy.write(1, b"second")
    assert "changed after it was signed" in copy.models("list").stderr
    assert "serial is 2" in copy.sign()
    assert copy.serial() == 2


def test_a_new_version_brings_a_new_list_and_a_rollback_stays(copy: Copy) -> None:
    copy.write(1, b"first")
    copy.sign()
    copy.put(b"first")
    assert copy.models("pull").returncode == 0
    copy.write(1, b"second")
    copy.sign()
    offline = copy.models("pull")
    assert offline.returncode == 1
    assert "Is this machine online" in offline.stderr
    # Its file is waiting where an interrupted fetch would have left it.
    (copy.folder / "shelf/.next/ear").mkdir(parents=True, exist_ok=True)
    (copy.folder / "shelf/.next/ear/a.txt").write_bytes(b"second")
    pulled = copy.models("pull")
    assert pulled.returncode == 0, pulled.stderr
    assert "kept for a rollback" in pulled.stdout
    back = copy.models("rollback")
    assert back.returncode == 0, back.stderr
    assert "Back to list 1, at your word" in back.stderr
    assert copy.models("pull").returncode == 0
    assert copy.serial() == 1
    assert copy.models("verify").returncode == 0
