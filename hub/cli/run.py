"""`inglenook run`: check the settings, then become the launcher of the hub."""

import argparse
import os
import sys
from pathlib import Path

from hub.config_file import ConfigError, find, load
from hub.family import launcher_settings
from hub.paths import state_folder
from hub.samples import sample_files
from hub.settings import in_memory
from hub.shelf.errors import ShelfError
from intents.documents import DocumentError
from intents.home_file import load as load_home


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("run", help="run the hub")
    parser.add_argument("--config", type=Path, help="settings (./inglenook.yaml)")
    parser.add_argument("--once", action="store_true", help="play one sample, print its turn, end")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Never returns when all is well: this process becomes the launcher, which holds nothing."""
    file = find(args.config)
    try:
        config = load(file)
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
    settings = launcher_settings(config, file, samples, once=args.once)
    sys.stdout.flush()
    memory = in_memory(settings)  # a camera's URL may hold a password
    os.set_inheritable(memory, True)  # noqa: FBT003 - its only argument
    become = [sys.executable, "-m", "hub.launcher", str(memory)]
    return os.execv(sys.executable, become)  # noqa: S606 - it is ourselves
