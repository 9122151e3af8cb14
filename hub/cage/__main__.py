"""`python -m hub.cage NAME ...`: isolates this process, then runs `hub.NAME` in it; NAME/OTHER runs
`hub.OTHER`, isolated as NAME.

First of all, because the libraries that those modules import start threads, and a thread that
already runs would stay outside.
"""

import runpy
import sys

from hub.cage.rules import Role
from hub.cage.seal import isolate


def main() -> None:
    name, _, other = sys.argv.pop(1).partition("/")
    isolate(Role(name))
    runpy.run_module(f"hub.{other or name}", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
