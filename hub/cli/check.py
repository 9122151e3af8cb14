"""`inglenook check FILE`: tells whether settings, and the sentences that they name, are right."""

import argparse
import sys
from pathlib import Path

from hub.config_file import ConfigError, load
from intents.added import load_added
from intents.documents import DocumentError


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("check", help="tell whether a settings file is right")
    parser.add_argument("file", type=Path)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        config = load(args.file)
        load_added(config.sentences, config.language)
    except (ConfigError, DocumentError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{args.file} is right.")
    return 0
