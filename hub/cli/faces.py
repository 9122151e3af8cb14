"""`inglenook faces`: who is known by their face; enrolled with their consent, and forgotten."""

import argparse
import time
from pathlib import Path

import msgspec

from hub import faces
from hub.cli import face_enrol
from hub.cli.face_enrol import AFTER, face_engine, known
from hub.cli.options import BadInput, complain, not_yours
from hub.engines import EngineMissing
from hub.enrolling.live import CannotTake
from hub.enrolling.taking import comparable
from hub.keep.enrolments import Enrolments
from hub.keep.errors import KeepError
from hub.looking import CannotLook, picture
from hub.paths import enrolments_folder
from hub.shelf.errors import ShelfError
from vision.engines import EngineError

_PROBLEMS = (ShelfError, EngineMissing, EngineError, KeepError, CannotTake, OSError)


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("faces", help="whose face is known; enrol and forget people")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    face_enrol.add_action(actions)
    actions.add_parser("list", help="who is enrolled, and until when").set_defaults(act=_list)
    wrong = actions.add_parser("not-me", help="show faces that were taken for a person")
    wrong.add_argument("name")
    wrong.add_argument("files", type=Path, nargs="+", metavar="PICTURE")
    wrong.set_defaults(act=_not_me)
    renaming = actions.add_parser("rename", help="call a person otherwise")
    renaming.add_argument("name")
    renaming.add_argument("new", metavar="NEW_NAME")
    renaming.set_defaults(act=_rename)
    for word, act, text in (
        ("renew", _renew, "keep a person for another half year"),
        ("forget", _forget, "destroy what is known of a face"),
    ):
        action = actions.add_parser(word, help=text)
        action.add_argument("name")
        action.set_defaults(act=act)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, language=None)


def run(args: argparse.Namespace) -> int:
    try:
        store = Enrolments(enrolments_folder())
        store.expire(time.time())
        args.act(args, store)
    except PermissionError as error:
        return complain(not_yours(error), 1)
    except (BadInput, CannotLook) as error:
        return complain(error)
    except _PROBLEMS as error:
        return complain(error, 1)
    return 0


def _list(args: argparse.Namespace, store: Enrolments) -> None:
    people, damaged = known(store), store.found(time.time()).damaged
    if args.json:
        print(msgspec.json.encode({"people": people, "damaged": damaged}).decode())
        return
    for each in people:
        print(f"{each.name}  {each.faces} faces, {each.not_me} not me, until {each.until}")
    for person in damaged:
        print(f"{person}  damaged: forget it")
    if not people and not damaged:
        print("Nobody is enrolled.")


def _not_me(args: argparse.Namespace, store: Enrolments) -> None:
    engine = face_engine()
    found = [face for file in args.files for face in comparable(engine, picture(file))]
    if not found:
        raise BadInput("No face is seen well enough in these pictures.")
    faces.not_me(store, args.name, found)
    _said(args, f"{len(found)} faces are not {args.name}. No picture is kept.")


def _rename(args: argparse.Namespace, store: Enrolments) -> None:
    faces.rename(store, args.name, args.new)
    _said(args, f"{args.name} is called {args.new} now.")


def _renew(args: argparse.Namespace, store: Enrolments) -> None:
    faces.renew(store, args.name)
    _said(args, f"{args.name} is kept for another {faces.DAYS} days.")


def _forget(args: argparse.Namespace, store: Enrolments) -> None:
    if args.name in store.found(0).damaged:
        store.forget(args.name)
    else:
        faces.forget(store, args.name)
    _said(args, f"{args.name}'s face is forgotten.")


def _said(args: argparse.Namespace, text: str) -> None:
    if args.json:
        print(msgspec.json.encode({"name": args.name, "done": text}).decode())
    else:
        print(text)
        print(AFTER)
