"""Small shelves, signed lists and wheels for the tests of the shelf."""

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub.shelf.lists import ModelList, read_list
from hub.shelf.manifest import Manifest, Member, ModelFile, Source, Url, Wheels
from hub.shelf.minisign import key_file, public_key, sign
from hub.shelf.shelf import Shelf

CONTENT = b"weights " * 1000


def model(name: str, content: bytes, *sources: Source, group: str = "default") -> ModelFile:
    return ModelFile(
        name=name,
        group=group,
        version="1",
        licence="MIT",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sources=sources or (Url("http://127.0.0.1:9/nothing-listens"),),
    )


def shelf(folder: Path, *files: ModelFile, serial: int = 1) -> Shelf:
    return Shelf(folder, Manifest(serial, files))


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs lists into `folder`, where its public key lies."""

    folder: Path
    private: Ed25519PrivateKey

    @property
    def key(self) -> Path:
        return self.folder / "test.pub"

    def list(self, serial: int, *files: ModelFile) -> ModelList:
        path = self.folder / f"list-{serial}.json"
        path.write_bytes(msgspec.json.encode(Manifest(serial, files)))
        return self.signed(path)

    def signed(self, path: Path) -> ModelList:
        signature = sign(self.private, path.read_bytes(), "a test")
        path.with_name(f"{path.name}.minisig").write_bytes(signature)
        return read_list(path, self.key)


def signer(folder: Path) -> Signer:
    made = Signer(folder, Ed25519PrivateKey.generate())
    made.key.write_bytes(key_file(public_key(made.private)))
    return made


def wheels(*parts: tuple[str, str]) -> Wheels:
    return Wheels(tuple(Member(package, "1.0", path) for package, path in parts))


def make_wheel(folder: Path, package: str, files: Mapping[str, bytes]) -> Path:
    """A wheel that pip accepts as `package==1.0`."""
    stem = f"{package.replace('-', '_')}-1.0"
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, content in files.items():
            wheel.writestr(name, content)
        wheel.writestr(
            f"{stem}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n"
        )
        wheel.writestr(
            f"{stem}.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr(f"{stem}.dist-info/RECORD", "")
    return path
