"""Whose wake word wakes: people's voices, learnt from recordings and kept among the enrolments."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from audio.columns import Floats
from audio.engines import EngineError, Wake
from audio.files import frames
from audio.frames import Pcm, samples
from audio.verifier import Seeing, Verified, Verifier, learn
from hub.keep.enrolments import Enrolments
from hub.keep.errors import NoSuchPerson
from hub.keep.people import Example, Person

_AWAKE = 0.5
"""A score from which on an engine has seen the word."""
_APART = samples(2.0)
"""What is nearer is the same word."""
_BEFORE, _AFTER = samples(1.0), samples(0.5)
"""Silence around a recording, in which the engine settles and says the last it has to."""


def verified(wake: Wake, engine: str, people: Sequence[Person]) -> Wake:
    """`wake`, for the voices of these people only. Raises EngineError."""
    if not isinstance(wake, Seeing):
        raise EngineError(
            f"The wake engine {engine} cannot tell voices apart: choose openwakeword, "
            "or listen.voices: everyone."
        )
    known = {word: tuple(_verifiers(people, engine, word)) for word in wake.words}
    for word, voices in known.items():
        if not voices:
            raise EngineError(
                f"Nobody is enrolled for the wake word {word}: run `inglenook wake enrol`, "
                "or set listen.voices: everyone."
            )
    return Verified(wake, known)


def enrolled(folder: Path) -> tuple[Person, ...]:
    """Everyone whose enrolment can be read. Raises EngineError."""
    try:
        return Enrolments(folder).found(time.time()).people
    except OSError as error:
        raise EngineError(f"The enrolled voices cannot be read ({error.strerror}).") from error


def enrol(store: Enrolments, name: str, verifier: Verifier, engine: str, word: str) -> None:
    """In the place of what this person was known by for this word. Raises OSError."""
    now = int(time.time())
    example = Example("voice", _model(engine, word), verifier.to_vector(), now)
    before = store.called(name, now)
    known = (each for person in before for each in person.examples)
    kept = (each for each in known if each.model != example.model)
    store.enrol(name, (*kept, example))
    for person in before:
        store.forget(person.id)


def forget(store: Enrolments, name: str) -> None:
    """For ever. Raises NoSuchPerson."""
    people = store.called(name, time.time())
    if not people:
        raise NoSuchPerson(f"Nobody is enrolled as {name}.")
    for person in people:
        store.forget(person.id)


def learnt(wake: Seeing, own: Sequence[Path], others: Sequence[Path], word: str) -> Verifier:
    """From recordings of one person's wake words, and of others'.

    Raises SoundFileError, audio.verifier.VerifierError.
    """
    mine, theirs = (
        [seen for file in files for seen in _words(wake, file, word)] for files in (own, others)
    )
    return learn(mine, theirs)


def _verifiers(people: Sequence[Person], engine: str, word: str) -> Iterator[Verifier]:
    for person in people:
        for example in person.examples:
            if example.kind == "voice" and example.model == _model(engine, word):
                yield Verifier.from_vector(example.embedding)


def _model(engine: str, word: str) -> str:
    return f"{engine}/{word}"


def _words(wake: Seeing, file: Path, word: str) -> Iterator[Floats]:
    """What the engine saw, (hops, 16, 96), of each word in a recording."""
    seen: list[Floats] = []
    last = 0
    for at, hop in _hops(file, wake.hop):
        if wake.scores(hop)[word] < _AWAKE:
            continue
        if seen and at - last > _APART:
            yield np.array(seen, np.float32)
            seen.clear()
        seen.append(wake.window())
        last = at
    if seen:
        yield np.array(seen, np.float32)
    wake.reset()


def _hops(file: Path, size: int) -> Iterator[tuple[int, Pcm]]:
    parts = [np.zeros(_BEFORE, np.int16), *(frame.pcm for frame in frames(file))]
    sound = np.concatenate((*parts, np.zeros(_AFTER, np.int16)))
    for at in range(0, len(sound) - size + 1, size):
        yield at, sound[at : at + size]
