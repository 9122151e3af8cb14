"""Speech end to intent: Inglenook against Home Assistant's chain, same recordings, same run.

`python -m bench.latency [--references LABELS [--home HOME]] [--model tiny.en] [--json]`.
Both chains hear each recording in turn, the first place alternating, from its first sample as if a
wake word had just been said. Time is the sound up to the decision that speech is over, and the
computing after it; it is counted from the end of the last window with silero at 0.5 or more.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from audio.engines import Vad
from audio.files import SoundFileError
from audio.frames import RATE, Pcm
from bench.figures import median, percentile, ratio, recordings_folder, show
from bench.peer import Answer, Model, Peer, model_files
from hub.cli.hear import read_labels
from hub.cli.options import BadInput
from hub.ears import make_hearing
from hub.engines import Workshop
from hub.hearing import Hearing
from hub.listening import last_speech, listen, read
from hub.local import Local, local
from hub.scoring import Label, Truth, same_slots
from hub.settings import EngineChoice, Hear
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import Shelf, open_shelf
from intents.documents import DocumentError

MODELS: tuple[Model, ...] = ("tiny.en", "base")
_SILENCE = np.zeros(round(6.0 * RATE), np.int16)
"""Behind every recording, as hub.listening gives it to Inglenook."""


@dataclass(frozen=True, slots=True)
class Recordings:
    """`home` None: the demo home."""

    references: Path
    home: Path | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """One recording to be timed; `end`: seconds to the end of its speech."""

    sound: Pcm
    end: float
    truth: Truth


@dataclass(frozen=True, slots=True)
class Timed:
    """`seconds` from the end of speech to the answer, whatever it was; None: no answer."""

    exact: bool
    seconds: float | None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One chain on one set of recordings. `exact` 0..1; times in seconds, of exact answers."""

    recordings: str
    model: str
    chain: str
    n: int
    exact: float
    p50: float | None
    p95: float | None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """`times_faster`: the median, over recordings that both got right, of peer / Inglenook."""

    rows: list[Row]
    times_faster: float | None


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.latency")
    parser.add_argument("--references", type=Path, help="labels (JSON lines) beside recordings")
    parser.add_argument("--home", type=Path, help="their home in YAML (default: the demo home)")
    parser.add_argument("--model", choices=MODELS, help="default: each in turn")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    models = (args.model,) if args.model else MODELS
    try:
        for recordings in _recordings(args):
            for model in models:
                _report(compare(recordings, model, args.threads), as_json=args.json)
    except (BadInput, DocumentError, ShelfError, SoundFileError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _recordings(args: argparse.Namespace) -> tuple[Recordings, ...]:
    """Raises BadInput where there are none."""
    if args.references:
        return (Recordings(args.references, args.home),)
    folder = recordings_folder()
    if not folder.is_dir():
        raise BadInput(
            f"No recordings at {folder}: set INGLENOOK_DATA to the folder of the development "
            "data, or name your own with --references and --home."
        )
    home_tts, home_misc = (folder / "voice_commands" / name for name in ("home_tts", "home_misc"))
    return (
        Recordings(home_tts / "labels.jsonl", home_tts / "home.yaml"),
        Recordings(home_misc / "labels.jsonl", None),
    )


def compare(recordings: Recordings, model: Model, threads: int) -> Comparison:
    """Raises BadInput, DocumentError, ShelfError, SoundFileError."""
    shelf = open_shelf()
    home = local("en", recordings.home, None)
    vad = Workshop(shelf).vad(EngineChoice(engine="silero"))
    labels = read_labels(recordings.references)
    spoken = asyncio.run(_spoken(labels, recordings.references.parent, home, vad))
    hearing = _hearing(home, shelf, model, threads)
    peer = Peer(model, shelf.load(model_files(model)), home.home, threads)
    chains: list[Callable[[Pcm], Answer | None]] = [
        lambda sound: asyncio.run(_inglenook(sound, hearing, home)),
        lambda sound: peer.hear(np.concatenate((sound, _SILENCE))),
    ]
    timed = list(_interleaved(spoken, chains))
    name = recordings.references.parent.name
    rows = [
        _row(name, model, chain, [pair[i] for pair in timed])
        for i, chain in enumerate(("Inglenook", "Home Assistant's"))
    ]
    both = [(ours.seconds, theirs.seconds) for ours, theirs in timed if ours.exact and theirs.exact]
    faster = ratio([(theirs, ours) for ours, theirs in both if ours and theirs])
    return Comparison(rows=rows, times_faster=faster)


async def _spoken(labels: Sequence[Label], folder: Path, home: Local, vad: Vad) -> list[Spoken]:
    """The recordings whose text means something to this home when typed."""
    found = []
    for label in labels:
        turn = await home.conversation().ask(label.text or "")
        if turn.wishes:
            truth = Truth(turn.wishes[0].intent, turn.wishes[0].slots)
            sound = read(folder / label.audio)
            found.append(Spoken(sound, last_speech(sound, vad), truth))
    return found


def _hearing(home: Local, shelf: Shelf, model: Model, threads: int) -> Hearing:
    settings = Hear(
        wake=None,
        vad=EngineChoice(engine="silero"),
        asr=EngineChoice(engine="whisper", options={"model": model, "threads": threads}),
    )
    return make_hearing(settings, shelf, home.grammars("en").of(home.home))


async def _inglenook(sound: Pcm, hearing: Hearing, home: Local) -> Answer | None:
    """Its first turn, right or wrong, as after a wake word."""
    takes = await listen(sound, hearing, home.conversation())
    if not takes:
        return None
    wishes = takes[0].turn.wishes
    return Answer(wishes[0] if wishes else None, takes[0].at)


def _interleaved(
    spoken: Sequence[Spoken], chains: Sequence[Callable[[Pcm], Answer | None]]
) -> Iterator[tuple[Timed, ...]]:
    for chain in chains:
        chain(spoken[0].sound)  # the first call of a model is slower
    for number, each in enumerate(spoken):
        order = (0, 1) if number % 2 else (1, 0)
        answers = {which: chains[which](each.sound) for which in order}
        yield tuple(_timed(answers[which], each) for which in sorted(answers))


def _timed(answer: Answer | None, spoken: Spoken) -> Timed:
    if answer is None:
        return Timed(exact=False, seconds=None)
    wish = answer.wish
    same = wish is not None and wish.intent == spoken.truth.intent
    exact = same and wish is not None and same_slots(wish.slots, spoken.truth.slots)
    return Timed(exact, answer.at - spoken.end)


def _row(recordings: str, model: str, chain: str, timed: Sequence[Timed]) -> Row:
    times = [each.seconds for each in timed if each.exact and each.seconds is not None]
    return Row(
        recordings=recordings,
        model=model,
        chain=chain,
        n=len(timed),
        exact=round(sum(each.exact for each in timed) / len(timed), 3) if timed else 0.0,
        p50=median(times),
        p95=percentile(times, 0.95),
    )


def _report(comparison: Comparison, *, as_json: bool) -> None:
    if as_json:
        print(msgspec.json.encode(comparison).decode(), flush=True)
        return
    show(
        ("recordings", "model", "chain", "n", "exact", "p50 s", "p95 s"),
        [_cells(r) for r in comparison.rows],
    )
    print(f"times faster (median of pairs): {comparison.times_faster}\n", flush=True)


def _cells(row: Row) -> tuple[object, ...]:
    return row.recordings, row.model, row.chain, row.n, row.exact, row.p50, row.p95


if __name__ == "__main__":
    sys.exit(main())
