"""Who is enrolled: for each person a box and, beside it, the key that alone opens it.

Names of files are random. Senses reads the boxes before its seal; the house has no business here.
Forgetting a person destroys the key first: whatever of the box is left anywhere is noise then.
After a kill in the middle the next opening ends what was begun.
"""

import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hub.keep.box import KEY_SIZE, packed, unpacked
from hub.keep.errors import BadExample, Damaged, NoSuchPerson
from hub.keep.files import alone, create, destroy, half_written, private_folder, remove, replace
from hub.keep.people import Example, Person

_DESTROYED = bytes(KEY_SIZE)
_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Found:
    """`damaged`: ids of those whose files were changed; they can only be forgotten."""

    people: tuple[Person, ...]
    damaged: tuple[str, ...]


class Enrolments:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        private_folder(folder)
        with alone(folder):
            self._tidy()

    def found(self, now: float) -> Found:
        """Everyone, with the examples that are valid at `now` (seconds since 1970)."""
        with alone(self._folder):
            everyone = self._everyone()
        return Found(tuple(_valid(each, now) for each in everyone.people), everyone.damaged)

    def called(self, name: str, now: float) -> tuple[Person, ...]:
        """Those of this name, in capitals or not."""
        everyone = self.found(now).people
        return tuple(person for person in everyone if person.name.casefold() == name.casefold())

    def enrol(self, name: str, examples: Iterable[Example]) -> str:
        """The new person's id. Raises BadExample; OSError, and then nobody is enrolled."""
        person = Person(secrets.token_hex(16), name, tuple(examples))
        if not person.recognisable:
            raise BadExample("Somebody is enrolled with at least one voice or face.")
        key = os.urandom(KEY_SIZE)
        with alone(self._folder):
            create(self._key(person.id), key)
            try:
                replace(self._box(person.id), packed(person, key))
            except OSError:
                self._destroy(person.id)
                raise
        return person.id

    def add(self, person: str, example: Example) -> None:
        """Raises NoSuchPerson, Damaged; OSError, and then all is as before."""
        with alone(self._folder):
            known = self._read(person)
            self._write(Person(person, known.name, (*known.examples, example)))

    def rename(self, person: str, name: str) -> None:
        """Raises NoSuchPerson, Damaged, BadExample; OSError, and then all is as before."""
        with alone(self._folder):
            self._write(Person(person, name, self._read(person).examples))

    def forget(self, person: str) -> None:
        """For ever, damaged or not. Raises NoSuchPerson."""
        with alone(self._folder):
            if person not in self._ids(".key"):
                raise NoSuchPerson(f"Nobody is enrolled as {person}.")
            self._destroy(person)

    def expire(self, now: float) -> None:
        """Drop examples that are too old, and who has nothing left to be recognised by."""
        with alone(self._folder):
            for person in self._everyone().people:
                left = _valid(person, now)
                if not left.recognisable:
                    self._destroy(person.id)
                elif len(left.examples) < len(person.examples):
                    self._write(left)

    def _key(self, person: str) -> Path:
        return self._folder / f"{person}.key"

    def _box(self, person: str) -> Path:
        return self._folder / f"{person}.box"

    def _ids(self, suffix: str) -> set[str]:
        names = {file.stem for file in self._folder.glob(f"*{suffix}")}
        return {name for name in names if _ID.fullmatch(name)}

    def _everyone(self) -> Found:
        people, damaged = [], []
        for person in sorted(self._ids(".box")):
            try:
                people.append(self._read(person))
            except Damaged:
                damaged.append(person)
        return Found(tuple(people), tuple(damaged))

    def _read(self, person: str) -> Person:
        if person not in self._ids(".key") & self._ids(".box"):
            raise NoSuchPerson(f"Nobody is enrolled as {person}.")
        return unpacked(person, self._box(person).read_bytes(), self._key(person).read_bytes())

    def _write(self, person: Person) -> None:
        replace(self._box(person.id), packed(person, self._key(person.id).read_bytes()))

    def _destroy(self, person: str) -> None:
        """The key first: from then on the rest cannot be read."""
        if self._key(person).exists():
            destroy(self._key(person))
        remove(half_written(self._box(person)))
        remove(self._box(person))

    def _tidy(self) -> None:
        """A box without its key was being forgotten, a key without its box being made."""
        for new in self._folder.glob("*.new"):
            remove(new)
        keys, boxes = self._ids(".key"), self._ids(".box")
        dead = {name for name in keys & boxes if self._key(name).read_bytes() == _DESTROYED}
        for person in (keys ^ boxes) | dead:
            self._destroy(person)


def _valid(person: Person, now: float) -> Person:
    examples = tuple(example for example in person.examples if example.valid(now))
    return Person(person.id, person.name, examples)
