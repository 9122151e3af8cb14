"""`inglenook recordings list|open|delete`: what was recorded for debugging, at the owner's wish."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from hub.cli.options import complain, not_yours
from hub.keep.errors import Damaged, KeepError
from hub.keep.owner import identities, opened
from hub.keep.recordings import Folder, Recording
from hub.keep.window import current
from hub.paths import state_folder


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("recordings", help="list, open or delete debug recordings")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="what there is, and until when")
    opening = actions.add_parser("open", help="decrypt them with your identity")
    opening.add_argument("--identity", type=Path, required=True, help="the file age-keygen wrote")
    opening.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="for the WAVs")
    deleting = actions.add_parser("delete", help="delete them now")
    deleting.add_argument("--all", action="store_true", help="every recording")
    for action in (opening, deleting):
        action.add_argument("names", nargs="*", metavar="NAME", help="as listed")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    folder = Folder(state_folder() / "recordings")
    try:
        return _ACTIONS[args.action](folder, args)
    except PermissionError as error:
        return complain(not_yours(error), 1)
    except (KeepError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _list(folder: Folder, _: argparse.Namespace) -> int:
    window = current(folder.path)
    if window is not None and window.open(time.time()):
        end = time.strftime("%H:%M", time.localtime(window.until))
        print(f"Recording until {end}, for {window.settings.to}.")
    else:
        print("Nothing is being recorded.")
    for recording in folder.recordings():
        size = recording.file.stat().st_size // 1_000
        print(f"  {recording.name}  {size} kB, kept until {recording.expires.astimezone():%c}")
    return 0


def _open(folder: Folder, args: argparse.Namespace) -> int:
    chosen = _chosen(folder, args.names)
    if chosen is None:
        return 2
    owner = identities(args.identity)
    args.to.mkdir(mode=0o700, parents=True, exist_ok=True)
    done = 0
    for recording in chosen:
        try:
            # Closed twice: by senses, and by the launcher.
            wav = opened(opened(recording.file.read_bytes(), owner), owner)
        except Damaged as error:
            print(f"{recording.name}: {error}", file=sys.stderr)
            continue
        _write(args.to / f"{recording.name}.wav", wav)
        done += 1
    print(
        f"{done} of {len(chosen)} recordings opened into {args.to}. They are not encrypted there."
    )
    return 0 if done == len(chosen) else 1


def _delete(folder: Folder, args: argparse.Namespace) -> int:
    if bool(args.names) == args.all:
        print("Name the recordings to delete, or give --all.", file=sys.stderr)
        return 2
    chosen = _chosen(folder, args.names)
    if chosen is None:
        return 2
    for recording in chosen:
        recording.file.unlink(missing_ok=True)
    print(f"{len(chosen)} recordings deleted.")
    return 0


_ACTIONS = {"list": _list, "open": _open, "delete": _delete}


def _chosen(folder: Folder, names: Sequence[str]) -> tuple[Recording, ...] | None:
    """All, where none is named; None, and told, where there is none of a name."""
    there = {recording.name: recording for recording in folder.recordings()}
    unknown = tuple(_unknown(there, names))
    if unknown:
        print(f"No such recording: {', '.join(unknown)}.", file=sys.stderr)
        return None
    return tuple(there[name] for name in names or there)


def _unknown(there: dict[str, Recording], names: Sequence[str]) -> Iterator[str]:
    return (name for name in names if name not in there)


def _write(file: Path, wav: bytes) -> None:
    """For the owner alone; never over another file."""
    fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "wb") as out:
        out.write(wav)
