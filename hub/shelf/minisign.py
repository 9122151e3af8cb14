"""Signatures in minisign's format: Ed25519 over the BLAKE2b-512 of the content, and a comment.

Anyone can check one with the tool of that name. Run as a program it judges what comes on its
standard input: `minisign.py KEY_FILE`, see `hub.shelf.signature` for why.
"""

import base64
import binascii
import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HEAD_LINES = 4
_UNTRUSTED = b"untrusted comment: "
_TRUSTED = b"trusted comment: "
_KEY = b"Ed"
_PREHASHED = b"ED"
_ID = 8
"""Bytes that name a key; minisign draws them, we take them from the key."""


class SignatureWrong(Exception):
    """Plain words for what is wrong with a signature or a key."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """`name`: 8 bytes, only to tell keys apart; `key`: 32 bytes."""

    name: bytes
    key: bytes


def public_key(private: Ed25519PrivateKey) -> PublicKey:
    raw = private.public_key().public_bytes_raw()
    return PublicKey(hashlib.blake2b(raw, digest_size=_ID).digest(), raw)


def key_file(key: PublicKey) -> bytes:
    comment = _UNTRUSTED + b"minisign public key " + key.name[::-1].hex().upper().encode()
    return comment + b"\n" + base64.b64encode(_KEY + key.name + key.key) + b"\n"


def read_key(text: bytes) -> PublicKey:
    """Raises SignatureWrong."""
    lines = text.splitlines()
    if len(lines) < 2 or not lines[0].startswith(_UNTRUSTED):  # noqa: PLR2004  # comment, key
        raise SignatureWrong("the public key is not one of minisign's")
    name, key = _fields(lines[1], _KEY, 32)
    return PublicKey(name, key)


def sign(private: Ed25519PrivateKey, content: bytes, comment: str) -> bytes:
    """The four lines of a signature file; `comment` is one line, and signed too."""
    signature = private.sign(hashlib.blake2b(content).digest())
    trusted = comment.encode()
    lines = (
        _UNTRUSTED + b"signature by Inglenook",
        base64.b64encode(_PREHASHED + public_key(private).name + signature),
        _TRUSTED + trusted,
        base64.b64encode(private.sign(signature + trusted)),
    )
    return b"\n".join(lines) + b"\n"


def check(key: PublicKey, signature_file: bytes, content: bytes) -> str:
    """The trusted comment; raises SignatureWrong unless this key signed this content."""
    lines = signature_file.splitlines()
    if len(lines) != HEAD_LINES or not lines[2].startswith(_TRUSTED):
        raise SignatureWrong("its signature is not one of minisign's")
    name, signature = _fields(lines[1], _PREHASHED, 64)
    if name != key.name:
        raise SignatureWrong("it is signed with another key than Inglenook's")
    trusted = lines[2].removeprefix(_TRUSTED)
    signer = Ed25519PublicKey.from_public_bytes(key.key)
    try:
        signer.verify(signature, hashlib.blake2b(content).digest())
        signer.verify(_base64(lines[3]), signature + trusted)
    except InvalidSignature as error:
        raise SignatureWrong("it was changed after it was signed") from error
    return trusted.decode("utf-8", "replace")


def _fields(line: bytes, kind: bytes, size: int) -> tuple[bytes, bytes]:
    """A line of base64: kind, name of the key, and `size` bytes."""
    raw = _base64(line)
    if len(raw) != len(kind) + _ID + size or not raw.startswith(kind):
        raise SignatureWrong("its signature or the key is of a kind that Inglenook does not use")
    return raw[2 : 2 + _ID], raw[2 + _ID :]


def _base64(line: bytes) -> bytes:
    try:
        return base64.b64decode(line, validate=True)
    except binascii.Error as error:
        raise SignatureWrong("its signature is damaged") from error


def main() -> int:
    """Standard input: the four lines of the signature, then the content. 0: good; else says why."""
    *head, content = sys.stdin.buffer.read().split(b"\n", HEAD_LINES)
    try:
        check(read_key(Path(sys.argv[1]).read_bytes()), b"\n".join(head), content)
    except (SignatureWrong, OSError) as error:
        sys.stdout.write(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
