"""Ears against their peers: commands understood, wrong actions, and how long it takes.

`python -m bench.ears [--sets home_tts ...] [--models tiny.en base] [--limit N] [--kept FILE]`.
All hear the same recordings in the same run, as if a wake word had just been said, the first place
alternating. A set's rows are printed when it is done; with `--kept` they are written to FILE too,
and what is there already is not measured again. Times are from the end of speech (the last window
with silero at 0.5 or more) to the intent, of exact answers; "x ours" is the median over recordings
that both got right. A peer hears one turn; of ours every turn counts where nothing may be done.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from audio.files import SoundFileError
from bench.ears_chains import (
    ASSIST,
    OURS,
    SPHINX,
    WHISPER,
    Answer,
    Chain,
    sphinx_chain,
    whisper_chains,
)
from bench.ears_sets import NAMES, RecordingSet, Spoken, evenly, recording_set
from bench.figures import median, percentile, ratio, recordings_folder, show
from bench.peer import Model
from bench.sphinx import HAS_SPHINX
from hub.cli.options import BadInput
from hub.engines import Workshop
from hub.scoring import judge
from hub.settings import EngineChoice
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import Shelf, open_shelf
from intents.documents import DocumentError

MODELS: tuple[Model, ...] = ("tiny.en", "base")
_SPHINX_MOST = 20
"""Recordings that pocketsphinx hears with a whole home's grammar: seconds for each."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One chain on one set. `exact` 0..1; seconds; `x_ours` of the time, with the same model."""

    set: str
    model: str
    chain: str
    n: int
    exact: float
    wrong_actions: int
    p50: float | None
    p95: float | None
    x_ours: float | None
    waited: float | None
    recognised: float | None
    understood: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """`seconds` None: not exact, or nothing was to be understood."""

    exact: bool
    wrong: bool
    seconds: float | None
    answer: Answer | None


Column = dict[int, Judged]
"""Number of the recording -> what a chain made of it."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.ears")
    parser.add_argument("--sets", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--models", nargs="+", choices=MODELS, default=MODELS)
    parser.add_argument(
        "--limit", type=int, default=30, help="recordings of each set, evenly chosen"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--kept", type=Path, help="rows as JSON lines, to go on from")
    args = parser.parse_args()
    try:
        kept = _kept(args.kept)
        show(Row.__struct_fields__, [msgspec.structs.astuple(row) for row in kept])
        done = {row.set for row in kept}
        for name in (name for name in args.sets if name not in done):
            _tell(list(_measure(name, args)), args.kept)
    except (BadInput, DocumentError, ShelfError, SoundFileError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _kept(file: Path | None) -> list[Row]:
    """Raises BadInput."""
    if file is None or not file.exists():
        return []
    try:
        return msgspec.json.Decoder(Row).decode_lines(file.read_bytes())
    except msgspec.MsgspecError as error:
        raise BadInput(f"{file} holds no rows of this bench: {error}") from error


def _tell(rows: Sequence[Row], file: Path | None) -> None:
    for row in rows:
        cells = ("" if cell is None else str(cell) for cell in msgspec.structs.astuple(row))
        print(f"| {' | '.join(cells)} |", flush=True)
    if file is not None:
        with file.open("ab") as lines:
            lines.write(msgspec.json.Encoder().encode_lines(rows))


def _measure(name: str, args: argparse.Namespace) -> Iterator[Row]:
    """Raises BadInput, DocumentError, ShelfError, SoundFileError."""
    data = recordings_folder()
    if not data.is_dir():
        raise BadInput(f"No recordings at {data}: set INGLENOOK_DATA to their folder.")
    shelf = open_shelf()
    vad = Workshop(shelf).vad(EngineChoice(engine="silero"))
    where = recording_set(name, data, vad, args.limit)
    fastest: Column = {}
    for model in args.models:
        columns = _by_model(model, args.threads, where, shelf)
        fastest = fastest or columns[OURS]
        yield from (
            _row(where, model, chain, columns[chain], columns[OURS])
            for chain in (OURS, ASSIST, WHISPER)
        )
    most = None if where.local.custom else _SPHINX_MOST
    numbers = evenly(range(len(where.spoken)), most)
    if not HAS_SPHINX:
        return  # it has wheels for few machines and Pythons
    sphinx = _heard([sphinx_chain(where)], where, numbers)[SPHINX]
    yield _row(where, "en-us", SPHINX, sphinx, fastest)


def _by_model(model: Model, threads: int, where: RecordingSet, shelf: Shelf) -> dict[str, Column]:
    chains = whisper_chains(model, threads, where, shelf)
    return _heard(chains, where, range(len(where.spoken)))


def _heard(
    chains: Sequence[Chain], where: RecordingSet, numbers: Sequence[int]
) -> dict[str, Column]:
    shortest = min(where.spoken, key=lambda each: len(each.sound))
    for chain in chains:
        chain(shortest.sound, shortest.end)  # a model's first call is slower
    columns: dict[str, Column] = {}
    for number in numbers:
        spoken = where.spoken[number]
        for chain in chains if number % 2 else chains[::-1]:
            for name, answers in chain(spoken.sound, spoken.end).items():
                column = columns.setdefault(name, {})
                column[number] = _judged(answers, spoken, commands=where.commands)
    return columns


def _judged(answers: Sequence[Answer], spoken: Spoken, *, commands: bool) -> Judged:
    """The first turn, right or wrong; where there is no command, any."""
    first = answers[0] if answers else None
    others = () if commands else answers[1:]
    more = any(each.turn.actions for each in others)
    found = judge(first.turn if first else None, spoken.truth, None, more=more)
    timed = first is not None and commands and found.exact
    seconds = first.at - spoken.end if first and timed else None
    return Judged(found.exact, found.false_action, seconds, first if timed else None)


def _row(where: RecordingSet, model: str, chain: str, column: Column, ours: Column) -> Row:
    times = [each.seconds for each in column.values() if each.seconds is not None]
    answers = [each.answer for each in column.values() if each.answer]
    return Row(
        set=where.name,
        model=model,
        chain=chain,
        n=len(column),
        exact=round(sum(each.exact for each in column.values()) / max(1, len(column)), 3),
        wrong_actions=sum(each.wrong for each in column.values()),
        p50=median(times),
        p95=percentile(times, 0.95),
        x_ours=ratio(list(_pairs(column, ours))),
        waited=median([each.waited for each in answers if each.waited is not None]),
        recognised=median([each.asr for each in answers]),
        understood=median([each.intent for each in answers]),
    )


def _pairs(column: Column, ours: Column) -> Iterator[tuple[float, float]]:
    for number, each in column.items():
        own = ours[number].seconds
        if each.seconds and own:
            yield each.seconds, own


if __name__ == "__main__":
    sys.exit(main())
