"""What every process of the family does first: its pipes, its signals, its end with its parent."""

import argparse
import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def prepare(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """Parse the arguments that the launcher gave; die when it dies; leave Ctrl-C to it."""
    parser.add_argument("--up", type=int, required=True)
    parser.add_argument("--down", type=int, required=True)
    parser.add_argument("--parent", type=int, required=True)
    args = parser.parse_args()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != args.parent:  # it died before we could ask to be told
        sys.exit(0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return args


def give_back_memory() -> None:
    """What loading models used and freed goes back to the system (glibc keeps it otherwise)."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)


def quit_on_sigterm(before: Callable[[], None]) -> None:
    """End at once on SIGTERM: nothing here needs more than `before`."""

    def end(*_: object) -> None:
        before()
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
