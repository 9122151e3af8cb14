"""The shelf on disk: a folder of model files. Loading reads and verifies; it never fetches."""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hub.shelf.contents import refuse
from hub.shelf.errors import ModelDamaged, ModelMissing
from hub.shelf.lists import list_in_use
from hub.shelf.manifest import Manifest, ModelFile
from hub.shelf.signature import KEY

State = Literal["here", "missing", "damaged"]


def models_folder(environ: Mapping[str, str]) -> Path:
    """$INGLENOOK_MODELS, else `inglenook/models` in the user's cache."""
    if chosen := environ.get("INGLENOOK_MODELS"):
        return Path(chosen)
    cache = environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "inglenook" / "models"


@dataclass(frozen=True, slots=True)
class Shelf:
    folder: Path
    manifest: Manifest

    def load(self, names: Iterable[str]) -> dict[str, bytes]:
        """The files by name; the bytes returned are the very ones that were verified.

        Raises ModelUnknown, ModelMissing (names all that are), ModelDamaged or ContentRefused.
        """
        files = [self.manifest.file(name) for name in names]
        absent = [file for file in files if self.state(file) == "missing"]
        if absent:
            raise ModelMissing(
                f"Not on the shelf {self.folder}: {', '.join(f.name for f in absent)}. "
                f"Run: inglenook models pull {' '.join(dict.fromkeys(f.group for f in absent))}"
            )
        return {file.name: self._verified(file) for file in files}

    def path(self, file: ModelFile) -> Path:
        """Where it is to lie; a folder that others filled may hold it without its subfolder."""
        bare = self.folder / Path(file.name).name
        own = self.folder / file.name
        return bare if bare.is_file() and not own.exists() else own

    def state(self, file: ModelFile) -> State:
        """By size alone: quick enough for a list. A link counts as damaged."""
        try:
            found = self.path(file).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return "missing"
        whole = stat.S_ISREG(found.st_mode) and found.st_size in file.sizes
        return "here" if whole else "damaged"

    def verify(self, file: ModelFile) -> State:
        """By SHA-256 of the whole file."""
        if (state := self.state(file)) != "here":
            return state
        with self.path(file).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
        return "here" if file.is_it(size, digest) else "damaged"

    def _verified(self, file: ModelFile) -> bytes:
        # The size is judged before reading: a file that has grown is not drawn into memory.
        if self.state(file) == "here":
            content = _read(self.path(file), max(file.sizes))
            if file.is_it(len(content), hashlib.sha256(content).hexdigest()):
                refuse(file.name, content)
                return content
        raise ModelDamaged(
            f"The model {file.name} on the shelf {self.folder} is damaged: it is not the file that "
            f"Inglenook knows. Run: inglenook models pull {file.group}"
        )


def _read(path: Path, size: int) -> bytes:
    """At most `size` bytes, of a file that is no link and no pipe; empty where it is."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:  # it was exchanged since we looked: for a link, or for nothing
        return b""
    with open(opened, "rb", buffering=0) as stream:  # noqa: PTH123  # a descriptor, not a path
        return stream.read(size) or b""


def open_shelf(environ: Mapping[str, str] = os.environ, key: Path = KEY) -> Shelf:
    """The shelf of this user, with the list it follows. Raises ManifestInvalid, ManifestOlder."""
    folder = models_folder(environ)
    return Shelf(folder, list_in_use(folder, key).manifest)
