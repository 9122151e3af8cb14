"""`inglenook run`: check the settings, then become the launcher of the hub."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import msgspec

from hub.cli.announce import announce_where_we_may
from hub.config import Config
from hub.config_file import ConfigError, find, load
from hub.family import launcher_settings
from hub.launcher_settings import NOBODY, LauncherSettings
from hub.mute import By
from hub.paths import state_folder
from hub.samples import sample_files
from hub.settings import in_memory
from hub.shelf.errors import ShelfError
from hub.shelf.sets import roll_back
from hub.shelf.shelf import models_folder
from intents.documents import DocumentError
from intents.home_file import load as load_home

_NOT_RECORDED = "Nothing is recorded: for debug.recordings, start with `inglenook run --record`."


@dataclass(frozen=True, slots=True)
class Start:
    """`command`: the words after `inglenook` that start the same hub anew. `again`: who had muted
    it then, where this is such a start. `record`: its owner says so. `house`: what its house is
    told besides.
    """

    file: Path | None
    command: tuple[str, ...]
    again: str | None = None
    record: bool = False
    house: tuple[str, ...] = ()
    once: bool = False


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("run", help="run the hub")
    parser.add_argument("--config", type=Path, help="settings (./inglenook.yaml)")
    parser.add_argument("--once", action="store_true", help="play one sample, print its turn, end")
    about = "keep commands, encrypted, as debug.recordings says"
    parser.add_argument("--record", action="store_true", help=about)
    add_again(parser)
    parser.set_defaults(run=run)


def add_again(parser: argparse.ArgumentParser) -> None:
    """What the launcher says when it starts the hub anew."""
    who = (NOBODY, *get_args(By))
    parser.add_argument("--again", choices=who, help=argparse.SUPPRESS)
    parser.add_argument("--models-back", action="store_true", help=argparse.SUPPRESS)


def put_models_back() -> None:
    """Where the page asked for it; a hub that cannot goes on with those it has."""
    try:
        serial = roll_back(models_folder(os.environ)).serial
    except (ShelfError, OSError) as error:
        print(f"The models stay as they are: {error}", file=sys.stderr)
    else:
        print(f"List {serial} of the models is in use again.", file=sys.stderr)


def run(args: argparse.Namespace) -> int:
    """Never returns when all is well: this process becomes the launcher, which holds nothing."""
    if args.models_back:
        put_models_back()
    file = find(args.config)
    command = ("run", "--config", str(file)) if file else ("run",)
    return start(Start(file, command, args.again, args.record, once=args.once))


def start(wanted: Start) -> int:
    """Never returns when all is well."""
    try:
        config = load(wanted.file)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        if config.home.file:
            load_home(config.home.file)
        samples = sample_files(config, state_folder() / "samples") if config.is_demo else ()
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 2
    except ShelfError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The state folder cannot be written: {error}. Set INGLENOOK_STATE.", file=sys.stderr)
        return 1
    announce_where_we_may(config)
    if config.debug.recordings is not None and not wanted.record:
        print(_NOT_RECORDED, file=sys.stderr)
    settings = _settings(wanted, config, samples)
    sys.stdout.flush()
    memory = in_memory(settings)  # a camera's URL may hold a password
    os.set_inheritable(memory, True)  # noqa: FBT003 - its only argument
    become = [sys.executable, "-m", "hub.launcher", str(memory)]
    return os.execv(sys.executable, become)  # noqa: S606 - it is ourselves


def _settings(wanted: Start, config: Config, samples: Sequence[Path]) -> LauncherSettings:
    settings = launcher_settings(config, wanted.file, samples, once=wanted.once)
    again = (sys.executable, "-m", "hub", *wanted.command)
    house = (*settings.house, *wanted.house)
    settings = msgspec.structs.replace(settings, again=again, house=house)
    muted = msgspec.convert(wanted.again, By) if wanted.again not in (None, NOBODY) else None
    # A house that was taken over could name a key of its own in the settings, and read what is
    # recorded for it: they alone begin no recording.
    recordings = settings.recordings if wanted.record else None
    return msgspec.structs.replace(settings, recordings=recordings, muted=muted)
