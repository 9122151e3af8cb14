"""`inglenook check FILE`: is this settings file right? Each mistake with its line."""

import argparse
import sys
from pathlib import Path

from hub.config_file import ConfigError, load


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("check", help="tell whether a settings file is right")
    parser.add_argument("file", type=Path)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        load(args.file)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{args.file} is right.")
    return 0
