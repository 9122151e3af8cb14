"""A person as bytes on a disk and back: every part AES-256-GCM under that person's own key. Pure.

The kind and the model of an example are readable, as what is authenticated must be; its embedding,
its times and the name are not. Each part is bound to the person's id, its kind, its model, its
place and the number of parts: nothing can be moved, left out or put into another person's box. An
older box of the same person, put back whole, cannot be told from the newest.
"""

import os
from dataclasses import dataclass
from typing import Literal

import msgspec
import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.keep.errors import BadExample, Damaged
from hub.keep.people import Example, Kind, Person

KEY_SIZE = 32
_NONCE_SIZE = 12
_PURPOSE = "inglenook enrolment 1"


class _Sealed(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    kind: Kind
    model: str
    body: bytes


class _Box(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    v: Literal[1]
    name: bytes
    examples: tuple[_Sealed, ...]


class _Body(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """`embedding`: float32, little endian."""

    created: int
    expires: int | None
    embedding: bytes


@dataclass(frozen=True, slots=True)
class _Lock:
    """One person's key, for a box of `count` examples. Part 0 is the name."""

    key: bytes
    person: str
    count: int

    def close(self, plain: bytes, kind: str, model: str, place: int) -> bytes:
        nonce = os.urandom(_NONCE_SIZE)
        return nonce + AESGCM(self.key).encrypt(nonce, plain, self._about(kind, model, place))

    def open(self, sealed: bytes, kind: str, model: str, place: int) -> bytes:
        nonce, body = sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:]
        return AESGCM(self.key).decrypt(nonce, body, self._about(kind, model, place))

    def _about(self, kind: str, model: str, place: int) -> bytes:
        return msgspec.msgpack.encode((_PURPOSE, self.person, kind, model, place, self.count))


def packed(person: Person, key: bytes) -> bytes:
    """`key`: 32 random bytes that are this person's alone."""
    lock = _Lock(key, person.id, len(person.examples))
    name = lock.close(person.name.encode(), "name", "", 0)
    examples = tuple(
        _Sealed(each.kind, each.model, lock.close(_body(each), each.kind, each.model, place))
        for place, each in enumerate(person.examples, 1)
    )
    return msgspec.msgpack.encode(_Box(1, name, examples))


def unpacked(person: str, data: bytes, key: bytes) -> Person:
    """Raises Damaged."""
    try:
        box = msgspec.msgpack.decode(data, type=_Box)
        lock = _Lock(key, person, len(box.examples))
        examples = tuple(_example(lock, each, n) for n, each in enumerate(box.examples, 1))
        return Person(person, lock.open(box.name, "name", "", 0).decode(), examples)
    except (msgspec.MsgspecError, InvalidTag, ValueError, BadExample) as error:
        raise Damaged(
            f"The enrolment {person} was changed or cut off: forget this person, and enrol again."
        ) from error


def _body(example: Example) -> bytes:
    vector = example.embedding.astype("<f4").tobytes()
    return msgspec.msgpack.encode(_Body(example.created, example.expires, vector))


def _example(lock: _Lock, sealed: _Sealed, place: int) -> Example:
    plain = lock.open(sealed.body, sealed.kind, sealed.model, place)
    body = msgspec.msgpack.decode(plain, type=_Body)
    vector = np.frombuffer(body.embedding, "<f4").astype(np.float32)
    return Example(sealed.kind, sealed.model, vector, body.created, body.expires)
