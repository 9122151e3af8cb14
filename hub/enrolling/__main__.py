"""`python -m hub.enrolling ...`: isolates this process as an eye, then takes faces in it.

First of all, as in hub.cage: a thread that already runs would stay outside.
"""

import runpy

from hub.cage.rules import Role
from hub.cage.seal import isolate

if __name__ == "__main__":
    isolate(Role.EYE)
    runpy.run_module("hub.enrolling.process", run_name="__main__", alter_sys=True)
