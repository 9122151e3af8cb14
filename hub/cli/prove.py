"""`inglenook privacy prove`: the owner sees for himself what leaves the hub."""

import argparse
import sys
from pathlib import Path

from hub.proof.enclosure import CannotProve, Order, run_enclosed


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
    order = Order(
        recording=str(recording.absolute()) if recording else None,
        keep=str(args.keep.absolute()) if args.keep else None,
        json=args.json,
    )
    try:
        return run_enclosed(order)
    except CannotProve as error:
        print(error, file=sys.stderr)
        return 1
