"""The hub with another senses: `python -m hub.proof.family KIND CONFIG`."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from hub.cage.privileges import keep_memory_private
from hub.children import Program
from hub.config_file import load
from hub.family import launcher_settings
from hub.launcher import Launcher

_SENSES: Mapping[str, Program] = MappingProxyType(
    {
        "talkative": (sys.executable, "-m", "hub.proof.talkative", "open", "hub.cage", "senses"),
        "hostile": (sys.executable, "-m", "hub.proof.hostile", "sealed"),
        "unsealed": (sys.executable, "-m", "hub.proof.hostile", "open"),
    }
)


def main() -> int:
    kind, file = sys.argv[1], Path(sys.argv[2])
    keep_memory_private()
    settings = launcher_settings(load(file), file)
    return Launcher(settings, {"senses": _SENSES[kind]}).run()


if __name__ == "__main__":
    sys.exit(main())
