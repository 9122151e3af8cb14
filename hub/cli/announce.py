"""`inglenook announce`: avahi-daemon tells the network what is lent to it by Wyoming."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from hub.config import Config
from hub.config_file import ConfigError, find, load
from hub.section import is_loopback
from integrations.avahi import FOLDER, Service, put, remove

_KIND = "_wyoming._tcp"
_FILES = ("inglenook.service", "inglenook-speech.service")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    about = "let avahi-daemon announce what is lent to the network by Wyoming"
    parser = commands.add_parser("announce", help=about)
    parser.add_argument("--config", type=Path, help="settings (./inglenook.yaml)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"({FOLDER})")
    parser.add_argument("--stop", action="store_true", help="announce nothing any more")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        wanted = () if args.stop else announced(load(find(args.config)))
        _announce(args.folder, wanted)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    except FileNotFoundError:
        missing = f"Nothing is announced: there is no {args.folder}. Install avahi-daemon."
        print(missing, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{args.folder} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    for service in wanted:
        print(f"Avahi announces {service.name} at port {service.port}.")
    return 0


def announce_where_we_may(config: Config, folder: Path = FOLDER) -> None:
    """Where the folder is ours to write, as on an appliance; without it a hub runs all the same."""
    if not os.access(folder, os.W_OK):
        return
    try:
        _announce(folder, announced(config))
    except OSError as error:
        print(f"{folder} cannot be written: {error.strerror}.", file=sys.stderr)


def _announce(folder: Path, wanted: Sequence[Service]) -> None:
    """These, and none of ours besides. Raises OSError."""
    files = [service.file for service in wanted]
    remove(folder, [file for file in _FILES if file not in files])
    for service in wanted:
        put(folder, service)


def announced(config: Config) -> Sequence[Service]:
    """What others reach: what this machine alone may use is nobody's business."""
    text, name = config.wyoming, config.name
    if text is None:
        return ()
    found = [Service(_FILES[0], name, _KIND, text.listen, text.port)]
    if text.speech is not None:
        found.append(
            Service(_FILES[1], f"{name} speech", _KIND, text.speech.listen, text.speech.port)
        )
    return [each for each in found if not is_loopback(each.listen)]
