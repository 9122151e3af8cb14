"""A folder that only this process can read, in memory where there is /dev/shm, gone after use.

For libraries that read a model from a folder: what lies there was verified a moment ago. Another
program of the same user could still write there, so it is read-only before the library looks.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made inside it is private


@contextmanager
def memory_folder() -> Iterator[Path]:
    place = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as private:
        folder = Path(private)
        try:
            yield folder
        finally:
            _set_mode(folder, files=0o600, folders=0o700)


def close_folder(folder: Path) -> None:
    """From now on nobody writes in it."""
    _set_mode(folder, files=0o400, folders=0o500)


def _set_mode(folder: Path, *, files: int, folders: int) -> None:
    folder.chmod(folders | 0o200)
    for path in folder.rglob("*"):
        path.chmod(folders if path.is_dir() else files)
    folder.chmod(folders)
