"""`inglenook look FILE|FOLDER...`: the whole chain of an eye on pictures or videos, unsent."""

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from hub.cli.options import BadInput, complain, settings
from hub.engines import EngineMissing, Workshop
from hub.family import choice
from hub.looking import PICTURES, VIDEOS, CannotLook, Moment, look, picture, watch
from hub.references import references
from hub.settings import EngineChoice
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from vision.engines import Detector, EngineError
from vision.events import Detection
from vision.scoring import Truth, judge
from vision.watcher import Options, Watcher

_SURE = 0.5
"""Score from which something is shown."""
_ALL = 0.05
"""And from which it is scored."""


class Thing(msgspec.Struct, frozen=True):
    """`box`: left, top, right, bottom as shares of the picture."""

    label: str
    score: float
    box: tuple[float, float, float, float]


class Looked(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file with `--json`. `moments`: of a video, when what is counted changed."""

    file: str
    ms: float
    things: tuple[Thing, ...] = ()
    moments: tuple[Moment, ...] = ()


class Scored(msgspec.Struct, frozen=True):
    """The last line of `--references`; seconds a picture."""

    n: int
    recall: float
    threshold: float
    p50: float
    p95: float


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("look", help="tell what pictures or videos show")
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE|FOLDER")
    parser.add_argument("--references", type=Path, help="COCO instances to score against")
    parser.add_argument("--config", type=Path, help="settings (./inglenook.yaml)")
    parser.add_argument("--json", action="store_true", help="one object a file")
    parser.set_defaults(run=run, language=None)


def run(args: argparse.Namespace) -> int:
    if not args.files and not args.references:
        return complain(BadInput("Name a picture, a video or a folder, or --references."))
    try:
        wanted = choice(settings(args).detect)
        if args.references:
            return _score(args, wanted)
        return _look(args, Workshop(open_shelf()).detector(wanted))
    except BadInput as error:
        return complain(error)
    except (ShelfError, EngineMissing, EngineError) as error:
        return complain(error, 1)


def _look(args: argparse.Namespace, detector: Detector) -> int:
    """A bad file is named and the next is looked at."""
    status = 0
    for file in _files(args.files):
        try:
            looked = _one(file, detector)
        except CannotLook as error:
            status = complain(error)
            continue
        print(msgspec.json.encode(looked).decode() if args.json else _words(looked), flush=True)
    return status


def _one(file: Path, detector: Detector) -> Looked:
    """Raises CannotLook."""
    began = time.perf_counter()
    if file.suffix.lower() in VIDEOS:
        watcher = Watcher(Options(labels=tuple(detector.labels)), detector)
        moments = tuple(watch(watcher, file))
        return Looked(str(file), _ms(began), moments=moments)
    things = tuple(map(_thing, look(detector, picture(file), _SURE)))
    return Looked(str(file), _ms(began), things)


def _ms(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def _thing(each: Detection) -> Thing:
    box = each.box
    edges = tuple(round(edge, 4) for edge in (box.left, box.top, box.right, box.bottom))
    return Thing(each.label, round(each.score, 3), edges)  # type: ignore[arg-type]


def _words(looked: Looked) -> str:
    if looked.moments:
        lines = (f"  {m.at:7.1f} s  {_counted(m.counts)}" for m in looked.moments)
        return "\n".join((f"{looked.file}:", *lines))
    counts: dict[str, int] = {}
    for thing in looked.things:
        counts[thing.label] = counts.get(thing.label, 0) + 1
    return f"{looked.file}: {_counted(counts)} ({looked.ms:.0f} ms)"


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {label}" for label, count in counts.items()) or "nothing it knows"


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files, and the pictures and videos in the folders. Raises BadInput."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(f for f in path.rglob("*") if f.suffix.lower() in PICTURES | VIDEOS)
        if not found:
            raise BadInput(f"{path} holds no pictures and no videos.")
        yield from found


def _score(args: argparse.Namespace, wanted: EngineChoice) -> int:
    """People in labelled pictures; only those named in `files`, where any are."""
    options = {**wanted.options, "threshold": _ALL}
    detector = Workshop(open_shelf()).detector(EngineChoice(engine=wanted.engine, options=options))
    names = {file.name for file in args.files}
    judged: list[tuple[Truth, tuple[Detection, ...]]] = []
    seconds: list[float] = []
    status = 0
    for file, truth in references(args.references).items():
        if names and file.name not in names:
            continue
        try:
            pixels = picture(file)
        except CannotLook as error:
            status = complain(error)
            continue
        began = time.perf_counter()
        found = look(detector, pixels, _ALL)
        seconds.append(time.perf_counter() - began)
        judged.append((truth, tuple(each for each in found if each.label == "person")))
        if args.json:
            shown = tuple(_thing(each) for each in found if each.score >= _SURE)
            line = Looked(str(file), round(seconds[-1] * 1000, 1), shown)
            print(msgspec.json.encode(line).decode(), flush=True)
    print(msgspec.json.encode(_scored(judged, seconds)).decode())
    return status


def _scored(
    judged: Sequence[tuple[Truth, tuple[Detection, ...]]], seconds: Sequence[float]
) -> Scored:
    score = judge(judged)
    ordered = sorted(seconds) or [0.0]
    return Scored(
        n=score.n,
        recall=round(score.recall, 4),
        threshold=round(score.threshold, 4),
        p50=round(statistics.median(ordered), 4),
        p95=round(ordered[round(0.95 * (len(ordered) - 1))], 4),
    )
