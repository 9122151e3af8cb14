"""As `python -m hub.cage`, for a test's module: `python -m tests.hub.cage.isolated OUT ROLE ...`.

Isolated before the engines' libraries are imported, which start threads; then `engines` runs.
AROUND: one of the levels of `inside`.
"""

import os
import runpy
import sys

from hub.cage.rules import Role
from hub.cage.seal import isolate
from tests.hub.cage.inside import surround

if __name__ == "__main__":
    surround(os.environ.get("AROUND", "A"))
    isolate(Role(sys.argv[2]))
    runpy.run_module("tests.hub.cage.engines", run_name="__main__", alter_sys=True)
