"""Files that survive a power cut whole or not at all, and keys that are destroyed on purpose."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


def private_folder(folder: Path) -> None:
    """There, and nobody else's."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other process that asks likewise is in the folder meanwhile."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def create(file: Path, data: bytes) -> None:
    """A new file, on the disk when this returns; after an OSError there is none."""
    fd = os.open(file, _NEW, 0o600)
    try:
        with os.fdopen(fd, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        file.unlink()
        raise
    settle(file.parent)


def replace(file: Path, data: bytes) -> None:
    """The old content or the new, never a part; after an OSError the old."""
    new = half_written(file)
    new.unlink(missing_ok=True)
    create(new, data)
    new.rename(file)
    settle(file.parent)


def half_written(file: Path) -> Path:
    """Where the next content of `file` lies until it is whole."""
    return file.with_suffix(".new")


def destroy(file: Path) -> None:
    """Overwritten with zeros on the disk, then gone. Flash may keep the old cells: see docs."""
    size = file.stat().st_size
    with file.open("r+b") as out:
        out.write(bytes(size))
        out.flush()
        os.fsync(out.fileno())
    remove(file)


def remove(file: Path) -> None:
    """Gone, also after a power cut; no matter if it was gone before."""
    file.unlink(missing_ok=True)
    settle(file.parent)


def settle(folder: Path) -> None:
    """What was done in it is on the disk."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
