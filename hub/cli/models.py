"""`inglenook models`: what is on the shelf, fetch what is not, verify it, change the list, undo."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from hub.shelf.errors import ManifestInvalid, ShelfError
from hub.shelf.fetch import pull
from hub.shelf.lists import PACKAGED, ModelList, kept_list, list_in_use, read_list
from hub.shelf.manifest import DEFAULT, ModelFile
from hub.shelf.progress import Progress, amount
from hub.shelf.sets import disk_use, follow, refuse_older, roll_back
from hub.shelf.shelf import Shelf, models_folder
from hub.shelf.table import Row, as_json, table

_PERMISSIVE = ("MIT", "Apache-2.0", "BSD-3-Clause")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("models", help="list, fetch and verify the model files")
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="every model file and whether it is on the shelf")
    fetching = actions.add_parser("pull", help="fetch what is missing or damaged")
    checking = actions.add_parser("verify", help="compare every file with its SHA-256")
    updating = actions.add_parser("update", help="follow a newer signed list of models")
    undoing = actions.add_parser("rollback", help="put the previous list and its files back")
    for action in (fetching, checking):
        action.add_argument("groups", nargs="*", metavar="GROUP", help=f"default: {DEFAULT}")
    updating.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=PACKAGED,
        metavar="FILE",
        help="the list, FILE.minisig beside it (default: the one of this version)",
    )
    updating.add_argument(
        "--older", action="store_true", help="also one that this shelf has followed or left behind"
    )
    for action in (listing, fetching, checking, updating, undoing):
        action.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    folder = models_folder(os.environ)
    try:
        match args.action:
            case "update":
                return _update(folder, args)
            case "rollback":
                return _roll_back(folder, args)
        current = list_in_use(folder)
        unknown = set(getattr(args, "groups", ())) - set(current.manifest.groups())
        if unknown:
            known = ", ".join(current.manifest.groups())
            print(
                f"No such group: {', '.join(sorted(unknown))}. There are: {known}.", file=sys.stderr
            )
            return 2
        return _ACTIONS[args.action](folder, current, args)
    except (ShelfError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _list(folder: Path, current: ModelList, args: argparse.Namespace) -> int:
    shelf = Shelf(folder, current.manifest)
    _show(shelf, shelf.manifest.files, args)
    return 0


def _pull(folder: Path, current: ModelList, args: argparse.Namespace) -> int:
    shelf = Shelf(folder, current.manifest)
    files = shelf.manifest.members(args.groups or [DEFAULT])
    _show_licences(file for file in files if shelf.state(file) != "here")
    _follow(folder, current)
    _tell(pull(shelf, files, Progress(sys.stderr)))
    _show(shelf, files, args)
    return 0


def _verify(folder: Path, current: ModelList, args: argparse.Namespace) -> int:
    """Every file that lies on the shelf, and every file of the groups whether it does or not."""
    shelf = Shelf(folder, current.manifest)
    wanted = shelf.manifest.members(args.groups or [DEFAULT])
    judged = [(file, shelf.verify(file)) for file in shelf.manifest.files]
    shown = [(file, state) for file, state in judged if state != "missing" or file in wanted]
    _print(shelf, shown, args)
    wrong = [file.group for file, state in shown if state != "here"]
    if wrong:
        print(f"Run: inglenook models pull {' '.join(dict.fromkeys(wrong))}", file=sys.stderr)
    return 1 if wrong else 0


_ACTIONS = {"list": _list, "pull": _pull, "verify": _verify}


def _update(folder: Path, args: argparse.Namespace) -> int:
    new = read_list(args.file)
    if not args.older:
        refuse_older(folder, new)
    shelf = Shelf(folder, new.manifest)
    _show_licences(file for file in shelf.manifest.files if shelf.state(file) != "missing")
    _follow(folder, new)
    _show(shelf, shelf.manifest.files, args)
    return 0


def _roll_back(folder: Path, args: argparse.Namespace) -> int:
    shelf = Shelf(folder, roll_back(folder).manifest)
    _show(shelf, shelf.manifest.files, args)
    print(
        f"Back to list {shelf.manifest.serial}, at your word; it stays until a list comes that is "
        "newer than any before. Once more `inglenook models rollback` undoes this.",
        file=sys.stderr,
    )
    return 0


def _follow(folder: Path, new: ModelList) -> None:
    """Change over, unless that is the list in use; a damaged old list is no hindrance."""
    try:
        old = kept_list(folder, known=new)
    except ManifestInvalid:
        old = None
    if old is None or old.signed != new.signed:
        _tell(follow(folder, old, new, Progress(sys.stderr)))


def _tell(fetched: Iterable[ModelFile]) -> None:
    for file in fetched:
        print(f"  {file.name}: verified, {amount(file.size)}", file=sys.stderr)


def _show_licences(files: Iterable[ModelFile]) -> None:
    """Name what may not be used freely before it is fetched."""
    bound = [file for file in files if file.licence not in _PERMISSIVE]
    for licence in dict.fromkeys(file.licence for file in bound):
        names = ", ".join(file.name for file in bound if file.licence == licence)
        print(f"Licence {licence}: {names}", file=sys.stderr)


def _show(shelf: Shelf, files: Sequence[ModelFile], args: argparse.Namespace) -> None:
    _print(shelf, [(file, shelf.state(file)) for file in files], args)


def _print(shelf: Shelf, rows: Sequence[Row], args: argparse.Namespace) -> None:
    print((as_json if args.json else table)(shelf, rows, disk_use(shelf)))
