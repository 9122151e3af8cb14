"""Asks whether a list of models is signed with Inglenook's key.

In a process of its own: `cryptography` takes 5 MB in every process that holds it, senses and mouth
need it for a quarter of a millisecond, and all of the hub together shall fit into 450 MB. The
helper takes about 40 ms, leaves nothing behind, and runs only code that is installed.
"""

import subprocess
import sys
from pathlib import Path

from hub.shelf.errors import ManifestUnsigned

KEY = Path(__file__).with_name("inglenook.pub")
"""The public key that came with this version."""

_JUDGE = Path(__file__).with_name("minisign.py")
_WRONG = 1
_PATIENCE = 30.0


def verify(signed: bytes, key: Path, label: str) -> None:
    """`signed`: the four lines of the signature, then the list. Raises ManifestUnsigned."""
    command = [sys.executable, "-P", str(_JUDGE), str(key)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program, the list only on its standard input
            command, input=signed, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ManifestUnsigned(
            f"The list of models {label} cannot be verified: {error}. Try again."
        ) from error
    if done.returncode == _WRONG and done.stdout:
        raise ManifestUnsigned(f"The list of models {label} is refused: {done.stdout.decode()}.")
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise ManifestUnsigned(
            f"The list of models {label} cannot be verified ({last}). Run: script/setup"
        )
