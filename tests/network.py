"""A network of a test's own, in which it may say what it likes to everybody: only for root."""

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

ADDRESS = "10.99.0.1"
_NEW_NETWORK = 0x4000_0000
_MADE_BY = (
    "link set lo up",
    "link add ours type veth peer name theirs",
    f"address add {ADDRESS}/24 dev ours",
    "link set ours up",
    "link set theirs up",
    "route add default dev ours",
)


@contextmanager
def own_network() -> Iterator[None]:
    """This thread, and what it starts, has no other; multicast comes back to who is in it."""
    libc = ctypes.CDLL(None, use_errno=True)
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        _check(libc.unshare(_NEW_NETWORK))
        for words in _MADE_BY:
            subprocess.run(["ip", *words.split()], check=True)
        yield
    finally:
        _check(libc.setns(before, _NEW_NETWORK))
        os.close(before)


def _check(status: int) -> None:
    if status:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
