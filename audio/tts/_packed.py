"""A big table that never changes, in a tenth of a dict's memory: its bytes in a row, no objects."""

from array import array
from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec

Value = TypeVar("Value")


class Packed(Mapping[str, Value]):
    """Answers as `table` does, in microseconds. Values: whatever msgpack can hold."""

    def __init__(self, table: Mapping[str, Value]) -> None:
        self._keys, self._values = bytearray(), bytearray()
        self._key_ends, self._value_ends = array("I", [0]), array("I", [0])
        self._mask = (1 << (2 * len(table)).bit_length()) - 1
        self._slots = array("I", bytes(4 * (self._mask + 1)))
        """By hash: the place of a key in the row, from 1 on; 0 where there is none."""
        encoder = msgspec.msgpack.Encoder()
        for place, (key, value) in enumerate(table.items(), 1):
            self._keys += _bytes(key)
            self._values += encoder.encode(value)
            self._key_ends.append(len(self._keys))
            self._value_ends.append(len(self._values))
            self._slots[self._slot(key)] = place

    def __getitem__(self, key: str) -> Value:
        place = self._slots[self._slot(key)]
        if not place:
            raise KeyError(key)
        value = memoryview(self._values)[self._value_ends[place - 1] : self._value_ends[place]]
        found: Value = msgspec.msgpack.decode(value)
        return found

    def __iter__(self) -> Iterator[str]:
        places = range(1, len(self) + 1)
        return (self._key(place).decode(errors="surrogatepass") for place in places)

    def __len__(self) -> int:
        return len(self._key_ends) - 1

    def _slot(self, key: str) -> int:
        """Where the key stands, or the free slot where it would."""
        wanted, slot = _bytes(key), hash(key) & self._mask
        while (place := self._slots[slot]) and self._key(place) != wanted:
            slot = (slot + 1) & self._mask
        return slot

    def _key(self, place: int) -> bytearray:
        return self._keys[self._key_ends[place - 1] : self._key_ends[place]]


def _bytes(key: str) -> bytes:
    return key.encode(errors="surrogatepass")
