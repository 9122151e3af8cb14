"""The command line: `inglenook COMMAND`; each command is a file in hub/cli."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from hub.version import VERSION

_COMMANDS = (
    "run",
    "app",
    "hear",
    "look",
    "wake",
    "ask",
    "say",
    "confirm",
    "mute",
    "why",
    "privacy",
    "recordings",
    "models",
    "aliases",
    "devices",
    "cameras",
    "faces",
    "states",
    "doctor",
    "check",
    "announce",
    "bench",
    "schema",
)
_ABOUT = "Hears and sees for a home, tells Home Assistant what it understood, and nothing else."


class Command(Protocol):
    def add_parser(
        self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]"
    ) -> None: ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 failed, 2 bad usage or input."""
    _open_streams()
    words = sys.argv[1:] if arguments is None else list(arguments)
    parser = argparse.ArgumentParser(prog="inglenook", description=_ABOUT)
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    # Only the command asked for is imported: `say` need not wait for what `hear` loads.
    for name in words[:1] if words and words[0] in _COMMANDS else _COMMANDS:
        cast("Command", importlib.import_module(f"hub.cli.{name}")).add_parser(commands)
    args = parser.parse_args(words)
    try:
        status = int(args.run(args))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        os._exit(1)  # what could not be written cannot be written at the end either
    return status


def _open_streams() -> None:
    """A program started with a closed input or output has none; then there is nothing to say."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - for as long as we live


if __name__ == "__main__":
    sys.exit(main())
