"""Sets of files: from one list of models to the next, and back to the one before.

The new files are fetched beside the old ones; only when all are there do they change places. What
the list before had instead is kept in `.previous`, with that list, until the next change.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hub.shelf.carrier import Report
from hub.shelf.errors import ManifestOlder, NothingKept
from hub.shelf.fetch import fill, workplace
from hub.shelf.lists import ModelList, keep_list, kept_bytes, kept_list, newest_serial
from hub.shelf.manifest import Manifest, ModelFile
from hub.shelf.shelf import Shelf
from hub.shelf.signature import KEY

_PREVIOUS = ".previous"
_NEXT = ".next"


@dataclass(frozen=True, slots=True)
class Use:
    """Bytes on disk: the files of the list in use, and those kept from the list before."""

    files: int
    previous: int


def refuse_older(folder: Path, new: ModelList) -> None:
    """Raises ManifestOlder for a list that this shelf has followed, or has left behind."""
    newest = newest_serial(folder)
    if new.serial <= newest:
        raise ManifestOlder(
            f"This is list {new.serial}, and the shelf {folder} has followed list {newest}. "
            "If that is meant: inglenook models update --older"
        )


def follow(
    folder: Path, old: ModelList | None, new: ModelList, report: Report
) -> Iterator[ModelFile]:
    """Fetch what the new list has instead of files that are here, then change over to it.

    Gives each file that was fetched. Raises PullFailed, Offline or ContentRefused, and then the old
    list and its files are as they were.
    """
    with workplace(folder) as work:
        _mend(folder)
        coming = Shelf(folder / _NEXT, new.manifest)
        wanted = _changed(folder, old, new.manifest)
        yield from fill(coming, wanted, work, report)
        _change(folder, old, new)


def roll_back(folder: Path, key: Path = KEY) -> ModelList:
    """Put the previous set in place and keep the present one instead; gives the list now in use.

    Raises NothingKept.
    """
    with workplace(folder):
        _mend(folder)
        previous, current = kept_list(folder / _PREVIOUS, key), kept_list(folder, key)
        if previous is None or current is None:
            raise NothingKept(f"The shelf {folder} keeps no previous set of models.")
        shutil.rmtree(folder / _NEXT, ignore_errors=True)
        (folder / _PREVIOUS).rename(folder / _NEXT)
        _change(folder, current, previous)
    return previous


def previous_list(folder: Path, key: Path = KEY) -> ModelList | None:
    """The one that a rollback would put back. Raises ManifestInvalid."""
    return kept_list(folder / _PREVIOUS, key)


def disk_use(shelf: Shelf) -> Use:
    files = (path for path in map(shelf.path, shelf.manifest.files) if path.is_file())
    kept = (path for path in (shelf.folder / _PREVIOUS).rglob("*") if path.is_file())
    return Use(_size(files), _size(kept))


def _size(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths)


def _changed(folder: Path, old: ModelList | None, new: Manifest) -> tuple[ModelFile, ...]:
    """Files that the new list has otherwise, of the groups that are here."""
    if old is None:
        return ()
    before, after = Shelf(folder, old.manifest), Shelf(folder, new)
    groups = [file.group for file in old.manifest.files if before.state(file) != "missing"]
    return tuple(file for file in new.members(groups) if after.verify(file) != "here")


def _change(folder: Path, old: ModelList | None, new: ModelList) -> None:
    """The files in `.next` come, those of the old list that the new one lacks go to `.previous`."""
    previous = folder / _PREVIOUS
    shutil.rmtree(previous, ignore_errors=True)
    if old is not None:
        previous.mkdir()
        keep_list(previous, old)
        same = {(file.name, file.sha256) for file in new.manifest.files}
        leaving = (file for file in old.manifest.files if (file.name, file.sha256) not in same)
        _move(folder, previous, leaving)
    _move(folder / _NEXT, folder, new.manifest.files)
    keep_list(folder, new)
    shutil.rmtree(folder / _NEXT, ignore_errors=True)


def _mend(folder: Path) -> None:
    """A change that was cut off, by a power cut say, is undone: the files go back."""
    previous, coming = folder / _PREVIOUS, folder / _NEXT
    if previous.exists() and kept_bytes(previous) == kept_bytes(folder):
        for path in previous.glob("*/*"):
            path.replace(folder / path.relative_to(previous))
        shutil.rmtree(previous)
    if kept_bytes(coming) and not previous.exists():  # it was a rollback
        coming.rename(previous)


def _move(source: Path, target: Path, files: Iterable[ModelFile]) -> None:
    for file in files:
        if (source / file.name).is_file():
            (target / file.name).parent.mkdir(exist_ok=True)
            (source / file.name).replace(target / file.name)
