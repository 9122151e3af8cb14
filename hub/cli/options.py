"""Options that several commands share."""

import argparse
import sys
from pathlib import Path

from hub.config import Config
from hub.config_file import ConfigError, find, load
from hub.local import Local, local
from intents.documents import DocumentError
from intents.languages import UnknownLanguageError


class BadInput(Exception):
    """The command cannot go on with what it was given; exit status 2."""


def add_conversation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, help="a home in YAML (default: the demo home)")
    parser.add_argument("--grammar", type=Path, help="sentences instead of the language's own")
    parser.add_argument("--language", help="default: the settings', else en")
    parser.add_argument("--area", help="the room in which it is said")
    parser.add_argument("--config", type=Path, help="settings (./inglenook.yaml)")
    parser.add_argument("--json", action="store_true", help="one object a turn")


def settings(args: argparse.Namespace) -> Config:
    """Raises BadInput."""
    try:
        config = load(find(args.config))
    except ConfigError as error:
        raise BadInput(str(error)) from error
    return config.model_copy(update={"language": args.language}) if args.language else config


def conversations(args: argparse.Namespace, config: Config) -> Local:
    """Raises BadInput."""
    try:
        return local(config.language, args.home or config.home.file, args.grammar)
    except (UnknownLanguageError, DocumentError) as error:
        raise BadInput(str(error)) from error


def complain(error: Exception, status: int = 2) -> int:
    print(error, file=sys.stderr)
    return status
