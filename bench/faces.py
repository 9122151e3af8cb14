"""Faces: are strangers taken for those who enrolled, and are those known? `python -m bench.faces`.

Everybody in the photos whose face is good enough is enrolled with that one picture. Strangers: all
others whose face is good enough to be compared. Same person: that very picture, altered; nothing
else is at hand, and it is easier than a new picture on another day. Prints tables of Markdown, the
likest strangers (look whether they are strangers), and the numbers that vision.gallery holds.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.altered import ALTERED, around
from bench.figures import median, recordings_folder, show
from hub.engines import Workshop
from hub.looking import PICTURES, picture
from hub.settings import EngineChoice
from hub.shelf.shelf import open_shelf
from vision.engines import Embedding, Face, FaceEngine
from vision.gallery import Gallery, gallery
from vision.images import Pixels
from vision.quality import COMPARE, ENROL, fault

_SETS = ("faces_dlib", "ambianic", "coco_train/images")
_SAME = frozenset({"000000318219.jpg", "000000554625.jpg"})
"""Two files that hold one photo of one person."""
_TAIL = 0.98
_TEMPLATES = ("mirrored", "turned 15° left", "turned 15° right", "half as bright", "cut closer")


@dataclass(frozen=True, slots=True)
class Somebody:
    """A face that can be compared. `altered`: of what was altered, where a face was found."""

    file: Path
    enrols: bool
    embedding: Embedding = field(repr=False)
    altered: dict[str, Embedding] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Engines:
    """`closely`: finds small faces, too."""

    usual: FaceEngine
    closely: FaceEngine


@dataclass
class Times:
    found: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)


def main() -> None:
    engines = Engines(_engine(480), _engine(1280))
    times = Times()
    files = [
        file
        for name in _SETS
        for file in sorted((recordings_folder() / "vision" / name).iterdir())
        if file.suffix.lower() in PICTURES
    ]
    everybody = [each for file in files for each in _in_photo(file, engines, times)]
    _strangers(everybody)
    _same(everybody)
    _at_once(everybody)
    _tail(everybody)
    show(
        ("work", "ms, median", "n"),
        (
            ("finding faces in a photo of 640 pixels, at 480", _ms(times.found), len(times.found)),
            ("telling whose one is", _ms(times.told), len(times.told)),
        ),
    )


def _engine(size: int) -> FaceEngine:
    return Workshop(open_shelf()).faces(EngineChoice(engine="sface", options={"size": size}))


def _in_photo(file: Path, engines: Engines, times: Times) -> Iterator[Somebody]:
    photo = picture(file)
    began = time.perf_counter()
    engines.usual.faces(photo)
    times.found.append(time.perf_counter() - began)
    for face in engines.closely.faces(photo):
        if fault(photo, face, COMPARE):
            continue
        began = time.perf_counter()
        embedding = engines.usual.embed(photo, face)
        times.told.append(time.perf_counter() - began)
        enrols = fault(photo, face, ENROL) is None
        altered = dict(_altered(around(photo, face.box), engines.usual)) if enrols else {}
        yield Somebody(file, enrols, embedding, altered)


def _altered(shown: Pixels, engine: FaceEngine) -> Iterator[tuple[str, Embedding]]:
    for name, alter in ALTERED.items():
        pixels = alter(shown)
        face = min(engine.faces(pixels), key=_off_middle, default=None)
        if face is not None and fault(pixels, face, COMPARE) is None:
            yield name, engine.embed(pixels, face)


def _off_middle(face: Face) -> float:
    x, y = face.box.centre
    return abs(x - 0.5) + abs(y - 0.5)


def _pairs(everybody: Sequence[Somebody]) -> Iterator[tuple[Somebody, Somebody]]:
    """Each who enrols with each other who does not pass for the same."""
    for one in everybody:
        for other in everybody if one.enrols else ():
            if one is not other and {one.file.name, other.file.name} != _SAME:
                yield one, other


def _alone(face: Embedding) -> Gallery:
    return gallery({"one": ([face], ())})


def _strangers(everybody: Sequence[Somebody]) -> None:
    pairs = list(_pairs(everybody))
    plain = [(one.embedding, other.embedding) for one, other in pairs]
    more = [(one.embedding, seen) for one, other in pairs for seen in other.altered.values()]
    taken, more_taken = (sum(_alone(one).who(f) is not None for one, f in p) for p in (plain, more))
    enrolled = sum(each.enrols for each in everybody)
    print(
        f"{len(everybody)} faces that can be compared, {enrolled} of them good enough to enrol.\n"
    )
    show(
        ("strangers", "pairs", "taken for the person", "likest"),
        (
            ("as in the photos", len(pairs), taken, _likest(plain)),
            ("altered", len(more), more_taken, _likest(more)),
        ),
    )
    print()
    for one, other in sorted(pairs, key=lambda pair: -float(pair[0].embedding @ pair[1].embedding))[
        :4
    ]:
        print(f"- {float(one.embedding @ other.embedding):.3f}: {one.file.name}, {other.file.name}")
    print()


def _likest(pairs: Iterable[tuple[Embedding, Embedding]]) -> float:
    return round(max(float(one @ other) for one, other in pairs), 3)


def _same(everybody: Sequence[Somebody]) -> None:
    enrolled = [each for each in everybody if each.enrols]
    rows: list[tuple[str, int, int, int]] = []
    for name in ALTERED:
        seen = [(each, each.altered[name]) for each in enrolled if name in each.altered]
        known = sum(_alone(each.embedding).who(face) is not None for each, face in seen)
        rows.append((name, len(enrolled), len(seen), known))
    asked, compared, known = (sum(counts) for counts in zip(*(r[1:] for r in rows), strict=True))
    rows.append(("all", asked, compared, known))
    show(
        ("same person, altered", "pairs", "compared", "known", "of all", "of those compared"),
        [(*row, f"{row[3] / row[1]:.1%}", f"{row[3] / row[2]:.1%}") for row in rows],
    )
    print()


def _at_once(everybody: Sequence[Somebody]) -> None:
    """All in one household, which is stricter."""
    enrolled = [each for each in everybody if each.enrols]
    house = gallery({str(n): ([each.embedding], ()) for n, each in enumerate(enrolled)})
    told = [
        (str(n), house.who(face))
        for n, each in enumerate(enrolled)
        if each.file.name not in _SAME
        for face in each.altered.values()
    ]
    right = sum(name == who for name, who in told)
    wrong = sum(who not in (name, None) for name, who in told)
    print(
        f"All {len(enrolled)} in one household (threshold {house.threshold:.3f}): of {len(told)} "
        f"altered faces {right / len(told):.1%} are known, {wrong} as somebody else.\n"
    )


def _tail(everybody: Sequence[Somebody]) -> None:
    """How like a person of several pictures strangers are, as vision.gallery holds it."""
    known = {
        id(each): np.stack(
            [each.embedding, *(each.altered[n] for n in _TEMPLATES if n in each.altered)]
        )
        for each in everybody
        if each.enrols
    }
    pairs = list(_pairs(everybody))
    alike = np.asarray([float((known[id(one)] @ other.embedding).max()) for one, other in pairs])
    start = float(np.quantile(alike, _TAIL))
    scale = float((alike[alike > start] - start).mean())
    print(
        f"Of {len(alike)} strangers {1 - _TAIL:.0%} exceed {start:.3f}; beyond it the scale is "
        f"{scale:.4f}; {np.mean(alike > 0.363):.2%} exceed 0.363; the likest {alike.max():.3f}.\n"
    )


def _ms(seconds: Sequence[float]) -> float | None:
    return median([each * 1000 for each in seconds])


if __name__ == "__main__":
    main()
