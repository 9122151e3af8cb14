"""A folder that only this process can read, in memory where there is /dev/shm, gone after use.

For libraries that read a model from a folder: what lies there was verified a moment ago.
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
        yield Path(private)
