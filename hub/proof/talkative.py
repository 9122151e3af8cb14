"""Takes the kill switch of onnxruntime's telemetry away, so that only the wall is left.

`python -m hub.proof.talkative open|sealed MODULE ...` runs another module of ours without it;
`sealed`: in a process that was isolated as our senses is.
"""

import os
import runpy
import sys

from hub.cage.rules import Role
from hub.cage.seal import isolate


def main() -> None:
    wall, module = sys.argv.pop(1), sys.argv.pop(1)
    del os.environ["ORT_DISABLE_TELEMETRY"]
    if wall == "sealed":
        isolate(Role.SENSES)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
