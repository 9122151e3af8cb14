"""Wake words: what Inglenook's engines and the openwakeword library take, and what they miss.

`python -m bench.wake [--hops 1000] [--json]`. The word is "alexa", the threshold 0.5 for all.
Computing is CPU time for 80 ms of sound: alone, one engine hop after hop, its models in the cache;
in turn, each hop by all engines, so that noise hits all alike and none finds its models in the
cache, as in a home, where a hop comes every 80 ms. "Whole": the models as they are meant to be run,
the last 76 mel columns anew in every hop. PSS: a process with one engine and no more.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np

from audio.frames import RATE, Pcm, samples
from audio.melspec import HOP, Mel
from audio.near_misses import NearMisses
from audio.wake._embedding import Embedding
from audio.wake.openwakeword import EMBEDDING, MEL, Streams, files
from audio.weights import read
from bench.figures import median, ratio, recordings_folder, show
from bench.processes import pss_mb
from bench.wake_engines import OPTIONS, OURS, WORD, Ear, folder, makers
from tests.audio.sound import recording, shelf
from tests.audio.whole import Model

_THRESHOLD = 0.5
_SETTLING = 150
"""Hops before any is counted: the library's longest buffer is full after 125."""
_SILENCE = np.zeros(RATE, np.int16)
"""Before and after each recording."""
_REFRACTORY = samples(2.0)
_STREAMS = (1, 4, 8)


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """CPU time for 80 ms, and how many times ours that is: medians over the hops."""

    engine: str
    alone_us: float | None
    times_ours_alone: float | None
    in_turn_us: float | None
    times_ours_in_turn: float | None
    pss_mb: float


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """CPU time for 80 ms."""

    stage: str
    whole_us: float | None
    ours_us: float | None


class Together(msgspec.Struct, frozen=True, kw_only=True):
    streams: int
    cpu_us_each: float | None


class Mistakes(msgspec.Struct, frozen=True, kw_only=True):
    engine: str
    said: int
    missed: int
    hours: float
    false_accepts: int
    near_misses: int


Part = Callable[[Pcm], object]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.wake")
    parser.add_argument("--hops", type=int, default=1000, help="how many to time")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.alone:
        return _listen_alone(args.alone)
    wakeword = recordings_folder() / "wakeword"
    if not wakeword.is_dir():
        print(f"No recordings at {wakeword}. Set INGLENOOK_DATA.", file=sys.stderr)
        return 1
    sound = np.concatenate(
        [recording(file) for file in (wakeword / "negative" / "music").glob("*.wav")]
    )
    hops = list(islice(_hops(sound), _SETTLING + args.hops))
    tables: list[Sequence[msgspec.Struct]] = [_costs(hops), _stages(hops), _together(hops)]
    tables.append([_mistakes(name, make(), wakeword) for name, make in makers().items()])
    for table in tables:
        _report(table, as_json=args.json)
    return 0


def _costs(hops: Sequence[Pcm]) -> list[Cost]:
    ears = {name: make() for name, make in makers().items()}
    alone = {name: _timed({name: ear.scores}, hops)[name] for name, ear in ears.items()}
    in_turn = _timed({name: ear.scores for name, ear in ears.items()}, hops)
    return [
        Cost(
            engine=name,
            alone_us=_us(alone[name]),
            times_ours_alone=ratio(list(zip(alone[name], alone[OURS], strict=True))),
            in_turn_us=_us(in_turn[name]),
            times_ours_in_turn=ratio(list(zip(in_turn[name], in_turn[OURS], strict=True))),
            pss_mb=_memory_alone(name),
        )
        for name in ears
    ]


def _stages(hops: Sequence[Pcm]) -> list[Stage]:
    """The first two are run apart from an engine; the head is the same file in both."""
    mel, embedding = (read((folder() / name).read_bytes()) for name in (MEL, EMBEDDING))
    columns, features = np.ones((1, 76, 32, 1), np.float32), np.ones((1, 16, 96), np.float32)
    our_mel, our_embedding = Mel(mel, 1), Embedding(embedding, 1, 1.0)
    whole_mel, whole_embedding = Model(folder() / MEL), Model(folder() / EMBEDDING)
    head = Model(folder() / files(OPTIONS)[-1])
    times = _timed(
        {
            "whole mel": lambda hop: whole_mel(np.resize(hop, (1, 1760)).astype(np.float32)),
            "whole embedding": lambda _: whole_embedding(columns),
            "mel": lambda hop: our_mel(hop[np.newaxis]),
            "embedding": lambda _: our_embedding(columns[:, :8, :, 0]),
            "head": lambda _: head(features),
        },
        hops,
    )
    return [
        Stage(stage="mel", whole_us=_us(times["whole mel"]), ours_us=_us(times["mel"])),
        Stage(
            stage="embedding",
            whole_us=_us(times["whole embedding"]),
            ours_us=_us(times["embedding"]),
        ),
        Stage(stage="head", whole_us=_us(times["head"]), ours_us=_us(times["head"])),
    ]


def _together(hops: Sequence[Pcm]) -> list[Together]:
    kept = shelf(folder(), files(OPTIONS))
    streams = {count: Streams(OPTIONS, kept, count) for count in _STREAMS}
    times = _timed(
        {str(count): _many(each, count) for count, each in streams.items()}, hops[: len(hops) // 2]
    )
    return [
        Together(streams=count, cpu_us_each=_us([each / count for each in times[str(count)]]))
        for count in streams
    ]


def _many(streams: Streams, count: int) -> Part:
    return lambda hop: streams.scores(np.tile(hop, (count, 1)))


def _timed(parts: Mapping[str, Part], hops: Sequence[Pcm]) -> dict[str, list[float]]:
    """CPU seconds of each part for each hop but the first ones; they take turns at being first."""
    times: dict[str, list[float]] = {name: [] for name in parts}
    names = list(parts)
    for number, hop in enumerate(hops):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            started = time.process_time()
            parts[name](hop)
            times[name].append(time.process_time() - started)
    return {name: taken[_SETTLING:] for name, taken in times.items()}


def _memory_alone(name: str) -> float:
    """PSS in 10^6 B of a process that makes this engine and listens for a while."""
    command = [sys.executable, "-m", "bench.wake", "--alone", name]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _listen_alone(name: str) -> int:
    ear = makers()[name]()
    for _ in range(_SETTLING):
        ear.scores(np.zeros(HOP, np.int16))
    print(round(pss_mb(os.getpid()), 1))
    return 0


def _mistakes(name: str, ear: Ear, wakeword: Path) -> Mistakes:
    said = sorted((wakeword / "positive" / WORD).glob("*.wav"))
    woken = [bool(_heard(ear, recording(file)).accepts) for file in said]
    others = [recording(file) for file in sorted((wakeword / "negative").rglob("*.wav"))]
    heard = [_heard(ear, sound) for sound in others]
    return Mistakes(
        engine=name,
        said=len(said),
        missed=woken.count(False),
        hours=round(sum(map(len, others)) / RATE / 3600, 3),
        false_accepts=sum(each.accepts for each in heard),
        near_misses=sum(each.near for each in heard),
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """Counts: `accepts` with two seconds between them, as the hub wakes."""

    accepts: int
    near: int


def _heard(ear: Ear, sound: Pcm) -> Heard:
    ear.reset()
    misses = NearMisses()
    accepts, deaf_until = 0, 0
    padded = np.concatenate((_SILENCE, sound, _SILENCE, _SILENCE, _SILENCE))
    for number, hop in enumerate(_hops(padded)):
        at = number * HOP
        score = ear.scores(hop)[WORD]
        misses.hear(WORD, score, _THRESHOLD, at)
        if score >= _THRESHOLD and at >= deaf_until:
            accepts, deaf_until = accepts + 1, at + _REFRACTORY
    return Heard(accepts, misses.counts[WORD])


def _hops(sound: Pcm) -> Iterator[Pcm]:
    for at in range(0, len(sound) - HOP + 1, HOP):
        yield sound[at : at + HOP]


def _us(times: Sequence[float]) -> float | None:
    return median([each * 1e6 for each in times])


def _report(rows: Sequence[msgspec.Struct], *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            print(msgspec.json.encode(row).decode())
        return
    show(rows[0].__struct_fields__, [msgspec.structs.astuple(row) for row in rows])
    print()


if __name__ == "__main__":
    sys.exit(main())
