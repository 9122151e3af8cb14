"""A hub as `inglenook run` starts it, but for its machine, and a senses that does not obey.

python -m tests.hub.button.launch ROOT [--stubborn] --config FILE
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from hub.children import Name, Program
from hub.config_file import load
from hub.family import launcher_settings
from hub.launcher import Launcher
from tests.hub.button.machine import keys_of

STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"
"""Told to end, it goes on: as one that hangs, or was taken over."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("--config", type=Path)
    parser.add_argument("--stubborn", action="store_true")
    args = parser.parse_args()
    settings = launcher_settings(load(args.config), args.config)
    settings = replace(settings, button=replace(settings.button, root=args.root))
    programs: Mapping[Name, Program] = (
        {"senses": (sys.executable, "-c", STUBBORN)} if args.stubborn else {}
    )
    return Launcher(settings, programs, keys_of).run()


if __name__ == "__main__":
    sys.exit(main())
