"""Encryption to the owner (age, X25519): what is closed here, no key on this machine opens."""

from collections.abc import Sequence
from pathlib import Path

import pyrage
from pyrage.x25519 import Identity, Recipient

from hub.keep.errors import BadIdentity, BadRecipient, Damaged

_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how such a line begins


def recipient(to: str) -> Recipient:
    """Raises BadRecipient."""
    try:
        return Recipient.from_str(to)
    except pyrage.RecipientError as error:
        raise BadRecipient(
            f"{to!r} is no public key of age: give the one that `age-keygen` prints (age1...)."
        ) from error


def identities(file: Path) -> Sequence[Identity]:
    """As age-keygen writes them: one a line, comments between. Raises BadIdentity, OSError."""
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
        found = [Identity.from_str(line) for line in lines if line.startswith(_SECRET)]
    except (UnicodeDecodeError, pyrage.IdentityError) as error:
        raise BadIdentity(f"{file} is damaged: it should be what `age-keygen` wrote.") from error
    if not found:
        raise BadIdentity(f"{file} holds no identity: give the file that `age-keygen` wrote.")
    return found


def closed(plain: bytes, owner: Recipient) -> bytes:
    body: bytes = pyrage.encrypt(plain, [owner])
    return body


def opened(body: bytes, owner: Sequence[Identity]) -> bytes:
    """Raises Damaged."""
    try:
        plain: bytes = pyrage.decrypt(body, owner)
    except pyrage.DecryptError as error:
        raise Damaged("It is damaged, or was made for another identity.") from error
    return plain
