"""`inglenook privacy prove`: the owner sees for himself what leaves the hub."""

import argparse
import os
import sys
from pathlib import Path

import msgspec

from hub.proof.enclosure import CannotProve, Order, run_enclosed
from hub.proof.kept import LastProof, keep


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("prove", help="capture every packet of a hub at work, and judge")
    parser.add_argument("--recording", type=Path, help="a wake word and a command (own sample)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the captured packets")
    parser.add_argument("--json", action="store_true", help="one object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit status 0: the proof holds; 1: it does not, or cannot be run here; 2: no such file."""
    recording: Path | None = args.recording
    if recording is not None and not recording.is_file():
        print(f"There is no recording {recording}.", file=sys.stderr)
        return 2
    told, tell = os.pipe()
    order = Order(
        recording=str(recording.absolute()) if recording else None,
        keep=str(args.keep.absolute()) if args.keep else None,
        tell=tell,
        json=args.json,
    )
    try:
        return run_enclosed(order)
    except CannotProve as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        os.close(tell)
        with os.fdopen(told, "rb") as came:
            _keep(came.read())


def _keep(told: bytes) -> None:
    """For the page. A proof that cannot be kept is a proof all the same."""
    if not told:
        return
    try:
        keep(msgspec.json.decode(told, type=LastProof))
    except OSError as error:
        print(f"What came of it could not be kept: {error}.", file=sys.stderr)
