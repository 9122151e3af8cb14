"""Signed lists of models: the one that came with this version, and the one that a shelf follows.

A shelf follows one list at a time and keeps it, signature first, in its file `.list`; `.serial`
holds the highest serial it ever followed. A packaged list takes over only when it is newer than
that, so nothing goes back, nor forward again after a rollback, without the owner's word.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from hub.shelf.errors import ManifestInvalid, ManifestOlder
from hub.shelf.manifest import Manifest, decode
from hub.shelf.signature import KEY, verify

PACKAGED = Path(__file__).with_name("manifest.json")
"""The list that came with this version; its signature lies beside it."""

_KEPT = ".list"
_SERIAL = ".serial"
_SIGNATURE_LINES = 4
_SIGNATURE_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class ModelList:
    """`signed`: the four lines of the signature, then the manifest as it lay."""

    manifest: Manifest
    signed: bytes

    @property
    def serial(self) -> int:
        return self.manifest.serial


def read_list(file: Path = PACKAGED, key: Path = KEY) -> ModelList:
    """A list with its signature beside it, `FILE.minisig`. Raises ManifestInvalid."""
    beside = file.with_name(f"{file.name}.minisig")
    try:
        signature, content = beside.read_bytes(), file.read_bytes()
    except OSError as error:
        raise ManifestInvalid(
            f"The list of models cannot be read: {error}. It needs two files, {file.name} and "
            f"{beside.name}, in one folder."
        ) from error
    if len(signature) > _SIGNATURE_LIMIT or signature.count(b"\n") != _SIGNATURE_LINES:
        raise ManifestInvalid(f"{beside} is not a signature: it must have four lines.")
    return _verified(signature + content, key, str(file))


def kept_list(folder: Path, key: Path = KEY, known: ModelList | None = None) -> ModelList | None:
    """The list that the shelf in this folder follows, if any; raises ManifestInvalid.

    `known` is one that is verified already, and need not be a second time.
    """
    signed = kept_bytes(folder)
    if not signed:
        return None
    if known is not None and signed == known.signed:
        return known
    try:
        return _verified(signed, key, str(folder / _KEPT))
    except ManifestInvalid as error:
        raise type(error)(
            f"{error} To follow the list of this version: inglenook models update --older"
        ) from error


def kept_bytes(folder: Path) -> bytes:
    """Of the list kept in this folder, not verified; empty where there is none."""
    try:
        return (folder / _KEPT).read_bytes()
    except FileNotFoundError:
        return b""


def _verified(signed: bytes, key: Path, label: str) -> ModelList:
    verify(signed, key, label)
    content = signed.split(b"\n", _SIGNATURE_LINES)[-1]
    return ModelList(decode(content, label), signed)


def keep_list(folder: Path, models: ModelList) -> None:
    """Whole or not at all, whatever happens meanwhile."""
    scratch = folder / ".list.new"
    with scratch.open("wb") as out:
        out.write(models.signed)
        out.flush()
        os.fsync(out.fileno())
    newest = max(newest_serial(folder), models.serial)
    (folder / _SERIAL).write_text(f"{newest}\n")
    scratch.replace(folder / _KEPT)


def newest_serial(folder: Path) -> int:
    """The highest that this shelf ever followed; 0 for a new shelf."""
    path = folder / _SERIAL
    used = path.read_text().strip() if path.exists() else ""
    return int(used) if used.isdecimal() else 0


def list_in_use(folder: Path, key: Path = KEY, packaged: Path = PACKAGED) -> ModelList:
    """Raises ManifestInvalid or ManifestOlder."""
    ours = read_list(packaged, key)
    kept, newest = kept_list(folder, key, ours), newest_serial(folder)
    if kept is not None and ours.serial <= max(newest, kept.serial):
        return kept
    if ours.serial < newest:
        raise ManifestOlder(
            f"The shelf {folder} was filled from list {newest}; this version brings the older "
            f"list {ours.serial}. If that is meant: inglenook models update --older"
        )
    return ours
