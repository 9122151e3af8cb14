"""Whose face is known: people's embeddings, kept encrypted among the enrolments. No picture is.

They end after half a year unless renewed: an eye sees people but can write nothing, so being seen
renews nobody.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from hub.keep.enrolments import Enrolments
from hub.keep.errors import BadExample, NoSuchPerson
from hub.keep.people import Example, Kind, Person
from hub.settings import EngineChoice
from vision.engines import Embedding, EngineError
from vision.gallery import Gallery
from vision.gallery import gallery as of_people

ENGINE = EngineChoice(engine="sface")
DAYS = 180
_DAY = 86_400
_KINDS = ("face", "not_face")


def gallery(folder: Path) -> Gallery:
    """Everyone whose enrolment can be read; what has ended is destroyed. Raises EngineError."""
    now = time.time()
    try:
        store = Enrolments(folder)
        store.expire(now)
        return gallery_of(store.found(now).people)
    except OSError as error:
        raise EngineError(f"The enrolled faces cannot be read ({error.strerror}).") from error


def enrol(store: Enrolments, name: str, faces: Sequence[Embedding]) -> None:
    """In the place of this person's earlier faces; "not me" stays. Raises BadExample, OSError."""
    if not faces:
        raise BadExample("Somebody is enrolled with at least one face.")
    new = tuple(_example("face", face) for face in faces)
    _rewrite(store, name, lambda each: each.kind != "face", new)


def not_me(store: Enrolments, name: str, faces: Sequence[Embedding]) -> None:
    """These were taken for this person. Raises NoSuchPerson, BadExample, OSError."""
    known = _known(store, name)
    for face in faces:
        store.add(known[0].id, _example("not_face", face))


def renew(store: Enrolments, name: str) -> None:
    """Another half year. Raises NoSuchPerson, OSError."""
    known = [e for person in _known(store, name) for e in person.examples if e.kind in _KINDS]
    new = tuple(_example(each.kind, each.embedding) for each in known)
    _rewrite(store, name, lambda each: each.kind not in _KINDS, new)


def rename(store: Enrolments, name: str, new: str) -> None:
    """With all that is known of this person. Raises NoSuchPerson, BadExample, OSError."""
    if store.called(new, time.time()):
        raise BadExample(f"There is somebody called {new} already.")
    for person in _known(store, name):
        store.rename(person.id, new)


def forget(store: Enrolments, name: str) -> None:
    """The faces, for ever; a voice stays, under another key. Raises NoSuchPerson, OSError."""
    _known(store, name)
    _rewrite(store, name, lambda each: each.kind not in _KINDS, ())


def faces(person: Person, kind: Kind = "face") -> tuple[Example, ...]:
    return tuple(e for e in person.examples if e.kind == kind and e.model == ENGINE.engine)


def people(store: Enrolments) -> tuple[Person, ...]:
    """Those with a face that has not ended."""
    return tuple(person for person in store.found(time.time()).people if faces(person))


def _rewrite(
    store: Enrolments, name: str, stays: Callable[[Example], bool], new: tuple[Example, ...]
) -> None:
    """Under a new key; the old one is destroyed, and with it what no longer stays."""
    before = store.called(name, time.time())
    kept = tuple(each for person in before for each in person.examples if stays(each))
    examples = (*kept, *new)
    if any(each.kind in ("voice", "face") for each in examples):
        store.enrol(before[0].name if before else name, examples)
    for person in before:
        store.forget(person.id)


def _known(store: Enrolments, name: str) -> tuple[Person, ...]:
    found = tuple(p for p in store.called(name, time.time()) if faces(p))
    if not found:
        raise NoSuchPerson(f"Nobody's face is enrolled as {name}.")
    return found


def _example(kind: Kind, face: Embedding) -> Example:
    now = int(time.time())
    return Example(kind, ENGINE.engine, face, now, now + DAYS * _DAY)


def gallery_of(known: Iterable[Person]) -> Gallery:
    return of_people(
        {
            person.name: (
                [each.embedding for each in faces(person)],
                [each.embedding for each in faces(person, "not_face")],
            )
            for person in known
        }
    )
