"""The hub with another senses, eye or inlet: `python -m hub.proof.family KIND CONFIG`."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from hub.cage.privileges import keep_memory_private
from hub.children import Program
from hub.config_file import load
from hub.family import launcher_settings
from hub.launcher import Launcher
from hub.proof.settings import CAMERA, SATELLITE


def _ours(name: str, *words: str) -> Mapping[str, Program]:
    return {name: (sys.executable, "-m", *words)}


_EYE = f"eye.{CAMERA}"
_INLET = f"inlet.{SATELLITE}"
_PROGRAMS: Mapping[str, Mapping[str, Program]] = MappingProxyType(
    {
        "talkative": _ours("senses", "hub.proof.talkative", "open", "hub.cage", "senses"),
        "hostile": _ours("senses", "hub.proof.hostile", "sealed"),
        "unsealed": _ours("senses", "hub.proof.hostile", "open"),
        "hostile-eye": _ours(_EYE, "hub.proof.hostile_eye", "sealed"),
        "hostile-inlet": _ours(_INLET, "hub.proof.hostile_inlet", "sealed"),
        "unsealed-inlet": _ours(_INLET, "hub.proof.hostile_inlet", "open"),
        "unsealed-eye": _ours(_EYE, "hub.proof.hostile_eye", "open"),
    }
)
"""Kind -> what is run instead of one of our processes."""


def main() -> int:
    kind, file = sys.argv[1], Path(sys.argv[2])
    keep_memory_private()
    settings = launcher_settings(load(file), file)
    return Launcher(settings, _PROGRAMS[kind]).run()


if __name__ == "__main__":
    sys.exit(main())
