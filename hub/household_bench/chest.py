"""Test sentences at rest: one AES-256-GCM file each, and one key whose end is the end of all."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from audio.frames import Pcm
from hub.keep.errors import Damaged, KeepError
from hub.keep.files import alone, create, destroy, private_folder, remove
from hub.paths import state_folder

_KEY_SIZE = 32
_NONCE_SIZE = 12
_PURPOSE = "inglenook bench sentence 1 "


class NoSuchSentence(KeepError):
    """Nothing is kept under this id."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`pcm`: shape (n,), 16 kHz. `text` None: it asks for nothing, and nothing may be done."""

    id: str
    text: str | None = field(repr=False)
    pcm: Pcm = field(repr=False)


class _Body(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """`sound`: int16, little endian."""

    text: str | None
    sound: bytes


class Chest:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key_file = folder / "key"

    def add(self, text: str | None, pcm: Pcm) -> str:
        """The id of what is kept now. Raises Damaged, OSError."""
        private_folder(self._folder)
        with alone(self._folder):
            if not self._key_file.exists():
                create(self._key_file, os.urandom(_KEY_SIZE))
            name, nonce = os.urandom(4).hex(), os.urandom(_NONCE_SIZE)
            plain = msgspec.msgpack.encode(_Body(text, pcm.astype("<i2").tobytes()))
            create(self._file(name), nonce + self._cipher().encrypt(nonce, plain, _about(name)))
        return name

    def ids(self) -> tuple[str, ...]:
        return tuple(sorted(file.stem for file in self._folder.glob("*.sentence")))

    def open(self, name: str) -> Sentence:
        """Raises NoSuchSentence, Damaged, OSError."""
        sealed = self._existing(name).read_bytes()
        try:
            plain = self._cipher().decrypt(sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:], _about(name))
            body = msgspec.msgpack.decode(plain, type=_Body)
        except (InvalidTag, ValueError) as error:
            raise Damaged(
                f"Sentence {name} is damaged: `inglenook bench delete {name}`."
            ) from error
        return Sentence(name, body.text, np.frombuffer(body.sound, "<i2").astype(np.int16))

    def delete(self, name: str) -> None:
        """Raises NoSuchSentence, OSError."""
        remove(self._existing(name))

    def delete_all(self) -> None:
        """The key first: from then on nothing can be opened. Raises OSError."""
        if self._key_file.exists():
            destroy(self._key_file)
        for name in self.ids():
            remove(self._file(name))

    def _existing(self, name: str) -> Path:
        if name not in self.ids():
            raise NoSuchSentence(f"No sentence {name!r} is kept: see `inglenook bench list`.")
        return self._file(name)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.sentence"

    def _cipher(self) -> AESGCM:
        try:
            return AESGCM(self._key_file.read_bytes())
        except (FileNotFoundError, ValueError) as error:
            raise Damaged(
                "The key of the sentences is gone: `inglenook bench delete --all`."
            ) from error


def household_chest() -> Chest:
    """The one of this user's hub."""
    return Chest(state_folder() / "bench")


def _about(name: str) -> bytes:
    return (_PURPOSE + name).encode()
