"""What came of the owner's last proof, kept beside what else the hub keeps: no packet of it."""

import os
import pwd
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from hub.keep.files import replace
from hub.paths import state_folder
from hub.version import VERSION

FILE = "proof.json"
"""Its name in the state folder."""
_USUAL = Path(".local", "state", "inglenook")


class LastProof(msgspec.Struct, frozen=True, kw_only=True):
    """`at`: seconds since 1970. `holds`: each of `runs` went as it must. `level`: of the seal."""

    at: float
    holds: bool
    runs: int
    seconds: float
    level: str | None
    version: str = VERSION


def keep(proof: LastProof, environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where it lies; None where no hub of this owner has kept anything yet. Raises OSError."""
    folder = _owners_folder(environment)
    if not folder.is_dir():
        return None
    with _as_owner_of(folder):
        replace(folder / FILE, msgspec.json.encode(proof))
    return folder / FILE


def last(folder: Path) -> LastProof | None:
    """None where there was none, or what lies there is none."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=LastProof)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _owners_folder(environment: Mapping[str, str]) -> Path:
    """With sudo that of the person who asked."""
    asked = environment.get("SUDO_UID", "")
    if os.geteuid() == 0 and asked.isdecimal() and "INGLENOOK_STATE" not in environment:
        return Path(pwd.getpwuid(int(asked)).pw_dir) / _USUAL
    return state_folder()


@contextmanager
def _as_owner_of(folder: Path) -> Iterator[None]:
    """Root writes nothing into a folder that is somebody else's but as that person."""
    if os.geteuid() != 0:
        yield
        return
    owner = folder.stat()
    os.setegid(owner.st_gid)
    os.seteuid(owner.st_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
