"""`inglenook bench`: the household's own sentences score any change of model or setting."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
from pydantic import ValidationError

from audio.engines import EngineError
from audio.files import SoundFileError
from hub.cli import record
from hub.cli.options import BadInput, add_conversation, complain, conversations, settings
from hub.config import Config, EngineSection
from hub.ears import make_hearing
from hub.engines import EngineMissing, Workshop
from hub.family import hear_settings
from hub.household_bench.chest import NoSuchSentence, household_chest
from hub.household_bench.scored import Figures, Side, changed
from hub.household_bench.scored import run as run_bench
from hub.keep.errors import KeepError
from hub.listening import read
from hub.settings import EngineChoice
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf

_NOTHING = (
    "Nothing is kept: say sentences with `inglenook bench record`, or add recordings: "
    '`inglenook bench add FILE "what it says"`.'
)


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("bench", help="score settings on the household's own sentences")
    add_conversation(parser)
    parser.add_argument("--asr", metavar="ENGINE[:MODEL]", help="instead of the settings' own")
    parser.add_argument("--against", type=Path, metavar="FILE", help="other settings, in turn")
    parser.set_defaults(run=score)
    actions = parser.add_subparsers(metavar="ACTION")
    add = actions.add_parser("add", help="keep a recording, encrypted, on this machine only")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("sentence", nargs="?", help="what it says; without: it asks for nothing")
    add.set_defaults(run=keep)
    record.add_parser(actions)
    actions.add_parser("list", help="what is kept").set_defaults(run=show)
    delete = actions.add_parser("delete", help="one sentence, or with --all the key and all")
    delete.add_argument("id", nargs="?")
    delete.add_argument("--all", action="store_true")
    delete.set_defaults(run=forget)


def keep(args: argparse.Namespace) -> int:
    try:
        name = household_chest().add(args.sentence, read(args.file))
    except SoundFileError as error:
        return complain(error)
    except KeepError as error:
        return complain(error, 1)
    print(f"{name} is kept encrypted on this machine until you delete it; it is never sent.")
    return 0


def show(_: argparse.Namespace) -> int:
    chest = household_chest()
    try:
        for name in chest.ids():
            print(f"{name}  {chest.open(name).text or '(asks for nothing)'}")
    except KeepError as error:
        return complain(error, 1)
    return 0


def forget(args: argparse.Namespace) -> int:
    if bool(args.id) == args.all:
        return complain(BadInput("Name one sentence, or --all."))
    try:
        household_chest().delete_all() if args.all else household_chest().delete(args.id)
    except NoSuchSentence as error:
        return complain(error)
    return 0


def score(args: argparse.Namespace) -> int:
    chest = household_chest()
    if not chest.ids():
        return complain(BadInput(_NOTHING))
    try:
        sentences = [chest.open(name) for name in chest.ids()]
        sides = [_side(args, args.config, args.asr)]
        if args.against:
            sides.append(_side(args, args.against, None))
        vad = Workshop(open_shelf()).vad(EngineChoice(engine="silero"))
        unknown = asyncio.run(run_bench(sentences, sides, vad, _progress(len(sentences))))
    except BadInput as error:
        return complain(error)
    except (KeepError, ShelfError, EngineMissing, EngineError) as error:
        return complain(error, 1)
    _report(sides, unknown, as_json=args.json)
    return 0


def _side(args: argparse.Namespace, config: Path | None, asr: str | None) -> Side:
    """Raises BadInput, and as hub.ears.make_hearing."""
    chosen = settings(argparse.Namespace(config=config, language=args.language))
    if asr:
        chosen = chosen.model_copy(update={"asr": _recogniser(asr)})
    hear = msgspec.structs.replace(hear_settings(chosen), wake=None, area=args.area or chosen.area)
    home = conversations(args, chosen)
    grammar = home.grammars(chosen.language).of(home.home)
    return Side(make_hearing(hear, open_shelf(), grammar), home, hear.area)


def _recogniser(asr: str) -> EngineSection:
    """Raises BadInput."""
    engine, _, model = asr.partition(":")
    section = {"engine": engine, **({"model": model} if model else {})}
    try:
        return Config.model_validate({"asr": section}).asr
    except ValidationError as error:
        why = error.errors()[0]["msg"]
        raise BadInput(f"--asr {asr!r}: {why}. Give one like whisper:base.") from error


def _report(sides: list[Side], unknown: list[str], *, as_json: bool) -> None:
    figures = [side.figures() for side in sides]
    changes = changed(sides[0], sides[1]) if len(sides) > 1 else []
    if as_json:
        found = {"settings": figures, "changed": changes, "unscored": unknown}
        print(msgspec.json.encode(found).decode())
        return
    for name, each in zip(("these settings", "the others"), figures, strict=False):
        print(f"{name:>14}  {_row(each)}")
    if len(figures) > 1 and figures[0].p50 and figures[1].p50:
        print(f"the others take {figures[1].p50 / figures[0].p50:.2f} times as long (p50)")
    for sentence, before, after in changes:
        print(f"{sentence}: {before} here, {after} with the others")
    for sentence in unknown:
        print(f"{sentence}: not scored, this home knows no such command")


def _row(each: Figures) -> str:
    times = f"p50 {each.p50} s  p95 {each.p95} s" if each.p50 is not None else "no times"
    counts = f"exact {each.exact}/{each.n}  wrong actions {each.wrong_actions}"
    return f"{counts}  missed {each.missed}  {times}"


def _progress(count: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == count else ""
            print(f"\r{done}/{count}", end=end, file=sys.stderr, flush=True)

    return told
