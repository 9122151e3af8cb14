"""`inglenook models`: what is on the shelf, fetch what is not, verify all of it."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence

from hub.shelf.errors import ShelfError
from hub.shelf.fetch import allow_older, pull
from hub.shelf.manifest import DEFAULT, ModelFile
from hub.shelf.progress import Progress, amount
from hub.shelf.shelf import Shelf, State, open_shelf

_PERMISSIVE = ("MIT", "Apache-2.0", "BSD-3-Clause")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("models", help="list, fetch and verify the model files")
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="every model file and whether it is on the shelf")
    fetching = actions.add_parser("pull", help="fetch what is missing or damaged")
    checking = actions.add_parser("verify", help="compare every file with its SHA-256")
    for action in (fetching, checking):
        action.add_argument("groups", nargs="*", metavar="GROUP", help=f"default: {DEFAULT}")
    fetching.add_argument(
        "--older", action="store_true", help="accept an older list of models than was used last"
    )
    for action in (listing, fetching, checking):
        action.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        shelf = open_shelf()
        unknown = set(getattr(args, "groups", ())) - set(shelf.manifest.groups())
        if unknown:
            print(
                f"No such group: {', '.join(sorted(unknown))}. "
                f"There are: {', '.join(shelf.manifest.groups())}.",
                file=sys.stderr,
            )
            return 2
        return _ACTIONS[args.action](shelf, args)
    except (ShelfError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _list(shelf: Shelf, args: argparse.Namespace) -> int:
    _show(shelf, [(file, shelf.state(file)) for file in shelf.manifest.files], args)
    return 0


def _pull(shelf: Shelf, args: argparse.Namespace) -> int:
    files = shelf.manifest.members(args.groups or [DEFAULT])
    if args.older:
        allow_older(shelf)
    _show_licences(file for file in files if shelf.state(file) != "here")
    for file in pull(shelf, files, Progress(sys.stderr)):
        print(f"  {file.name}: verified, {amount(file.size)}", file=sys.stderr)
    _show(shelf, [(file, shelf.state(file)) for file in files], args)
    return 0


def _verify(shelf: Shelf, args: argparse.Namespace) -> int:
    """Every file that lies on the shelf, and every file of the groups whether it does or not."""
    wanted = shelf.manifest.members(args.groups or [DEFAULT])
    judged = [(file, shelf.verify(file)) for file in shelf.manifest.files]
    shown = [(file, state) for file, state in judged if state != "missing" or file in wanted]
    _show(shelf, shown, args)
    wrong = [file.group for file, state in shown if state != "here"]
    if wrong:
        print(f"Run: inglenook models pull {' '.join(dict.fromkeys(wrong))}", file=sys.stderr)
    return 1 if wrong else 0


_ACTIONS = {"list": _list, "pull": _pull, "verify": _verify}


def _show_licences(files: Iterable[ModelFile]) -> None:
    """Name what may not be used freely before it is fetched."""
    bound = [file for file in files if file.licence not in _PERMISSIVE]
    for licence in dict.fromkeys(file.licence for file in bound):
        names = ", ".join(file.name for file in bound if file.licence == licence)
        print(f"Licence {licence}: {names}", file=sys.stderr)


def _show(
    shelf: Shelf, states: Sequence[tuple[ModelFile, State]], args: argparse.Namespace
) -> None:
    rows = [
        {
            "name": file.name,
            "group": file.group,
            "state": state,
            "size": file.size,
            "version": file.version,
            "licence": file.licence,
        }
        for file, state in states
    ]
    if args.json:
        head = {"v": 1, "serial": shelf.manifest.serial, "folder": str(shelf.folder)}
        print(json.dumps({**head, "files": rows}))
        return
    print(f"The shelf: {shelf.folder}")
    for file, state in states:
        print(f"  {state:<8} {file.group:<8} {amount(file.size):>9}  {file.name} ({file.licence})")
