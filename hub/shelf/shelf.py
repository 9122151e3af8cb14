"""The shelf on disk: a folder of model files. Loading reads and verifies; it never fetches."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hub.shelf.errors import ModelDamaged, ModelMissing
from hub.shelf.manifest import Manifest, ModelFile, read_manifest

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

        Raises ModelUnknown, ModelMissing (names all that are) or ModelDamaged.
        """
        files = [self.manifest.file(name) for name in names]
        absent = [file for file in files if not self.path(file).is_file()]
        if absent:
            raise ModelMissing(
                f"Not on the shelf {self.folder}: {', '.join(f.name for f in absent)}. "
                f"Run: inglenook models pull {' '.join(dict.fromkeys(f.group for f in absent))}"
            )
        return {file.name: self._verified(file) for file in files}

    def path(self, file: ModelFile) -> Path:
        return self.folder / file.name

    def state(self, file: ModelFile) -> State:
        """By size alone: quick enough for a list."""
        path = self.path(file)
        if not path.is_file():
            return "missing"
        return "here" if path.stat().st_size == file.size else "damaged"

    def verify(self, file: ModelFile) -> State:
        """By SHA-256 of the whole file."""
        if (state := self.state(file)) != "here":
            return state
        with self.path(file).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
        return "here" if digest.hexdigest() == file.sha256 else "damaged"

    def _verified(self, file: ModelFile) -> bytes:
        # The size is judged before reading: a file that has grown is not drawn into memory.
        if self.state(file) == "here":
            content = self.path(file).read_bytes()
            if hashlib.sha256(content).hexdigest() == file.sha256:
                return content
        raise ModelDamaged(
            f"The model {file.name} on the shelf {self.folder} is damaged: it is not the file that "
            f"Inglenook knows. Run: inglenook models pull {file.group}"
        )


def open_shelf(environ: Mapping[str, str] = os.environ) -> Shelf:
    """The shelf of this user, with the manifest that came with this version."""
    return Shelf(models_folder(environ), read_manifest())
