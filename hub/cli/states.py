"""`inglenook states learn FILE open=PICTURE... closed=PICTURE...`: tell states of a place apart.

Only numbers are kept; no picture can be made of them again.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import msgspec

from hub.cli.options import BadInput, complain
from hub.looking import PICTURES, CannotLook, picture
from vision.engines import EngineError
from vision.few import learn
from vision.images import Pixels

_WEAK = 0.9
"""Share of its own examples below which what was learnt is not to be trusted."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("states", help="teach a camera the states of a place")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    teach = actions.add_parser("learn", help="from five pictures of each state, or more")
    teach.add_argument("file", type=Path, help="where what was learnt is written (.json)")
    teach.add_argument(
        "examples", nargs="+", metavar="STATE=PICTURE", help="a picture, or a folder of them"
    )
    teach.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        learnt = learn(_examples(args.examples))
        args.file.write_bytes(msgspec.json.encode(learnt))
    except (BadInput, CannotLook, EngineError) as error:
        return complain(error)
    except OSError as error:
        return complain(error, 1)
    if args.json:
        told = {"states": learnt.labels, "right": round(learnt.right, 3)}
        print(msgspec.json.encode(told).decode())
        return 0
    print(f"{args.file}: {', '.join(learnt.labels)}.")
    print(f"Of its own examples {learnt.right:.0%} are told rightly by the others.")
    if learnt.right < _WEAK:
        print("That is too few to be trusted: add examples in other light, or a tighter zone.")
    return 0


def _examples(words: Sequence[str]) -> dict[str, list[Pixels]]:
    """Raises BadInput or CannotLook."""
    found: dict[str, list[Pixels]] = {}
    for word in words:
        state, sign, place = word.partition("=")
        if not sign or not state or not place:
            raise BadInput(f"{word!r} is no example: give STATE=PICTURE, open=door1.jpg for one.")
        path = Path(place)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        pictures = [f for f in files if f.suffix.lower() in PICTURES or f == path]
        found.setdefault(state, []).extend(map(picture, pictures))
    return found
