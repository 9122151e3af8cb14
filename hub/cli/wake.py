"""`inglenook wake`: the sensitivity that fits a voice and a home, and whose voice it is."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from audio.engines import EngineError, Wake
from audio.files import SoundFileError
from audio.frames import seconds
from audio.near_misses import REACH
from audio.verifier import VerifierError
from hub.cli import wake_live, wake_voices
from hub.cli.options import BadInput, complain, not_yours, settings, sound_files
from hub.engines import EngineMissing, Workshop
from hub.family import choice
from hub.keep.errors import KeepError
from hub.settings import EngineChoice
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from hub.trials import Peak, Trial, spoken, unspoken
from hub.tuning import ENOUGH, LOWEST, Proposal, propose

_PROOF = 60
"""Minutes of a home in which false wakes would show."""
_WIDTH = 40
_SHOWN = 5
"""Passages of a quiet recording that are shown: the loudest."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("wake", help="fit the wake word to your voice and home")
    actions = parser.add_subparsers(dest="action", required=True)
    tune = actions.add_parser("tune", help="propose how easily the wake word is taken")
    tune.add_argument(
        "recordings",
        type=Path,
        nargs="*",
        metavar="RECORDING",
        help="you saying the wake word, and nothing else, with pauses; "
        "none: what the running hub has heard since it started",
    )
    tune.add_argument(
        "--quiet",
        type=Path,
        nargs="+",
        default=[],
        metavar="RECORDING",
        help="your home without it: talk, radio, television; files or folders",
    )
    tune.add_argument("--config", type=Path, help="settings (./inglenook.yaml)")
    tune.add_argument("--json", action="store_true", help="one object")
    tune.set_defaults(act=_tune)
    wake_voices.add_actions(actions)
    parser.set_defaults(run=run, language=None)


def run(args: argparse.Namespace) -> int:
    try:
        done: int = args.act(args)
    except (BadInput, SoundFileError, VerifierError) as error:
        return complain(error)
    except PermissionError as error:
        return complain(not_yours(error), 1)
    except (ShelfError, EngineMissing, EngineError, KeepError, OSError) as error:
        return complain(error, 1)
    return done


def _tune(args: argparse.Namespace) -> int:
    if not args.recordings:
        if args.quiet:
            raise BadInput("--quiet goes with recordings of the wake word.")
        return wake_live.tune(json=args.json)
    config = settings(args)
    workshop = Workshop(open_shelf(), config.language)
    wake = workshop.wake(choice(config.wake))
    vad = workshop.vad(EngineChoice(engine="silero"))
    words = [spoken(file, wake, vad) for file in args.recordings]
    others = [unspoken(file, wake, vad) for file in sound_files(args.quiet)]
    proposal = propose(_scores(words), _scores(others))
    if proposal is None:
        return complain(BadInput(_too_few(wake, _scores(words))), 1)
    if args.json:
        print(msgspec.json.encode(proposal).decode())
    else:
        print("\n".join(_report(words, others, proposal, config.listen.sensitivity)))
    return 0


def _scores(trials: Sequence[Trial]) -> list[float]:
    return [peak.score for trial in trials for peak in trial.peaks]


def _too_few(wake: Wake, scores: Sequence[float]) -> str:
    names = " or ".join(word.replace("_", " ") for word in wake.words)
    near = sum(score >= LOWEST for score in scores)
    return (
        f"{len(scores)} passages of speech were found, in {near} of them something like {names}; "
        f"{ENOUGH} are needed. Record yourself saying it, with a second of silence between, nearer "
        "to the microphone."
    )


def _report(
    words: Sequence[Trial], others: Sequence[Trial], proposal: Proposal, now: float
) -> Iterator[str]:
    cut = proposal.threshold
    yield f"What you said; from | on it wakes ({cut:g}):"
    for trial in words:
        yield f"  {trial.file.name}"
        yield from (_bar(peak, cut) for peak in trial.peaks)
    minutes = seconds(sum(trial.length for trial in others)) / 60
    highest = sorted(
        ((peak, trial) for trial in others for peak in trial.peaks), key=lambda each: -each[0].score
    )
    if highest:
        yield f"What was not meant for it, the highest of {minutes:.1f} minutes:"
        yield from (f"{_bar(peak, cut)}  {trial.file.name}" for peak, trial in highest[:_SHOWN])
    yield ""
    yield from _verdict(proposal, minutes)
    yield f"Settings (sensitivity is {now:g} now; higher wakes sooner):"
    yield f"listen:\n  sensitivity: {proposal.sensitivity:g}"


def _verdict(proposal: Proposal, minutes: float) -> Iterator[str]:
    if proposal.overlap:
        yield "No setting is right for all of this. The one with the fewest errors:"
    heard = proposal.words - proposal.missed
    yield f"{heard} of {proposal.words} wake it; the lowest scored {proposal.quietest:.2f}."
    if minutes:
        yield f"{proposal.waking} false wakes; the highest scored {proposal.loudest:.2f}."
    else:
        yield "Add recordings of your home without the word (--quiet) to weigh it against them."
    if proposal.threshold < REACH and 0 < minutes < _PROOF:
        yield (
            f"So low a threshold may wake it falsely: {minutes:.0f} minutes of your home (--quiet) "
            f"are too few to tell, {_PROOF} would do."
        )


def _bar(peak: Peak, cut: float) -> str:
    """Its time, a line as long as its score, | at the threshold, the score."""
    filled, mark = round(peak.score * _WIDTH), round(cut * _WIDTH)
    cells = ["#" if cell < filled else "." for cell in range(_WIDTH)]
    cells[min(mark, _WIDTH - 1)] = "|"
    minutes, rest = divmod(max(0.0, seconds(peak.at)), 60)
    return f"  {minutes:3.0f}:{rest:04.1f} {''.join(cells)} {peak.score:.2f}"
