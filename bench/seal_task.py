"""Starts one thing of `bench.seal_work` in a process of its own: `... OUT NAME SEAL`.

Isolated before the libraries are loaded, which start threads, as the hub does it.
"""

import runpy
import sys

from hub.cage.rules import Role
from hub.cage.seal import isolate

ROLES = {
    "onnxruntime": Role.SENSES,
    "CTranslate2": Role.SENSES,
    "numpy": Role.SENSES,
    "video": Role.EYE,
    "capture": Role.SENSES,
    "playback": Role.MOUTH,
}

if __name__ == "__main__":
    _, _, name, seal = sys.argv
    if seal == "sealed":
        isolate(ROLES[name])
    runpy.run_module("bench.seal_work", run_name="__main__", alter_sys=True)
