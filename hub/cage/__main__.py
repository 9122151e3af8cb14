"""`python -m hub.cage NAME ...`: isolates this process, then runs `hub.NAME` in it.

First of all, because the libraries that those modules import start threads, and a thread that
already runs would stay outside.
"""

import runpy
import sys

from hub.cage.rules import Role
from hub.cage.seal import isolate


def main() -> None:
    role = Role(sys.argv.pop(1))
    isolate(role)
    runpy.run_module(f"hub.{role.value}", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
