"""Small shelves, manifests and wheels for the tests of the shelf."""

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from hub.shelf.manifest import Manifest, Member, ModelFile, Source, Url, Wheels
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
    return Shelf(folder, Manifest(serial, None, files))


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
