"""`inglenook faces enrol NAME`: a person who wants it is known from now on, by pictures or live."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from hub import faces
from hub.cli.options import BadInput, settings
from hub.engines import Workshop
from hub.enrolling.live import live
from hub.enrolling.taking import ENOUGH, FEWEST, WORDS, Taking
from hub.eyes.of_config import cameras
from hub.eyes.settings import EyeSettings
from hub.keep.enrolments import Enrolments
from hub.looking import picture
from hub.shelf.shelf import open_shelf
from vision.engines import Embedding, FaceEngine

AFTER = "A hub that is running knows it once its cameras were closed and opened again."
_SENTENCE = "I am {name} and I want to be recognised"
_BAR = 24
_ALIKE = 0.01
"""Share of mistakes that strangers alone do not make."""


class Enrolled(msgspec.Struct, frozen=True):
    """`mistaken`: share of strangers expected to be taken for this person by one look."""

    name: str
    faces: int
    not_me: int
    until: str
    mistaken: float


def add_action(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    enrol = actions.add_parser("enrol", help="let a person be known who has agreed to it")
    enrol.add_argument("name")
    enrol.add_argument("files", type=Path, nargs="*", metavar="PICTURE", help="three or more")
    enrol.add_argument("--camera", metavar="KEY", help="look with a camera at this machine instead")
    enrol.add_argument("--config", type=Path, help="settings (./inglenook.yaml)")
    enrol.add_argument("--yes", action="store_true", help="do not ask; only with --consent-said")
    enrol.add_argument(
        "--consent-said", action="store_true", help="the person has said that they want it"
    )
    enrol.set_defaults(act=run)


def run(args: argparse.Namespace, store: Enrolments) -> None:
    """Raises BadInput, and what hub.cli.faces tells."""
    if bool(args.files) == bool(args.camera):
        raise BadInput("Name pictures of this person, or --camera KEY.")
    camera = _camera(args) if args.camera else None
    _ask(args)
    taken = _live(camera) if camera else _from_files(args.files)
    if len(taken) < FEWEST:
        raise BadInput(f"{FEWEST} good faces are needed; there are {len(taken)}.")
    faces.enrol(store, args.name, taken)
    _report(args, store)


def face_engine() -> FaceEngine:
    """Raises as hub.engines.Workshop."""
    return Workshop(open_shelf()).faces(faces.ENGINE)


def known(store: Enrolments) -> tuple[Enrolled, ...]:
    people = faces.people(store)
    gallery = faces.gallery_of(people)
    return tuple(
        Enrolled(
            person.name,
            len(faces.faces(person)),
            len(faces.faces(person, "not_face")),
            _day(min(each.expires or 0 for each in faces.faces(person))),
            round(gallery.mistaken(person.name), 7),
        )
        for person in people
    )


def _ask(args: argparse.Namespace) -> None:
    """Raises BadInput where the person has not agreed."""
    sentence = _SENTENCE.format(name=args.name)
    if args.yes:
        if not args.consent_said:
            raise BadInput(f'--yes needs --consent-said, for: "{sentence}".')
        return
    if not sys.stdin.isatty():
        raise BadInput("This must be asked at a terminal, or be given as --consent-said --yes.")
    print(f'{args.name} says: "{sentence}". Was it said? [y/N] ', end="", file=sys.stderr)
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() != "y":
        raise BadInput("Nobody is enrolled who does not want it.")


def _camera(args: argparse.Namespace) -> EyeSettings:
    """Raises BadInput."""
    found = {each.settings.camera: each.settings for each in cameras(settings(args))}
    camera = found.get(args.camera)
    if camera is None:
        known = ", ".join(found) or "none"
        raise BadInput(f"There is no camera {args.camera!r} in the settings. Cameras: {known}.")
    if camera.source.kind == "net":
        raise BadInput("Faces are taken by a camera at this machine, or from pictures.")
    return camera


def _from_files(files: Sequence[Path]) -> list[Embedding]:
    """Raises hub.looking.CannotLook."""
    taking = Taking(face_engine())
    for number, file in enumerate(files, 1):
        if why := taking.offer(picture(file)):
            print(f"{file}: left out, {WORDS[why]}", file=sys.stderr)
        _bar(number, len(files), "")
    return taking.faces


def _live(camera: EyeSettings) -> list[Embedding]:
    """Raises hub.enrolling.live.CannotTake."""
    taken: list[Embedding] = []
    _bar(0, ENOUGH, "look into the camera, and turn the head a little")
    for found in live(camera):
        if isinstance(found, str):
            _bar(len(taken), ENOUGH, WORDS[found])
        else:
            taken.append(found)
            _bar(len(taken), ENOUGH, "")
    return taken


def _report(args: argparse.Namespace, store: Enrolments) -> None:
    everyone = known(store)
    [told] = [each for each in everyone if each.name.casefold() == args.name.casefold()]
    if args.json:
        print(msgspec.json.encode(told).decode())
        return
    print(
        f"{told.name} is enrolled with {told.faces} faces until {told.until}; no picture is kept."
    )
    print(_odds(told))
    print(AFTER)


def _odds(told: Enrolled) -> str:
    if told.mistaken > _ALIKE:
        return (
            f"Somebody else who is enrolled looks much like {told.name}, so neither may be known. "
            "Enrol both with more pictures; if it is the same person, forget one."
        )
    return (
        f"By one look about 1 stranger in {1 / told.mistaken:,.0f} would be taken for "
        f"{told.name}. A name is told when three looks agree."
    )


def _bar(done: int, of: int, text: str) -> None:
    if sys.stderr.isatty():
        full = _BAR * done // of
        end = "\n" if done == of else ""
        shown = f"\r[{'#' * full}{' ' * (_BAR - full)}] {done}/{of} {text}\033[K"
        print(shown, end=end, file=sys.stderr, flush=True)


def _day(at: int) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(at))
