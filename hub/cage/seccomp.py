"""Hands a seccomp program to the kernel, for every thread of this process, for ever."""

import ctypes

from hub.cage.bpf import Program
from hub.cage.kernel import call, prctl

_SET_MODE_FILTER = 1
_ALL_THREADS = 1
"""SECCOMP_FILTER_FLAG_TSYNC: threads that already run are bound too."""


class ThreadEscaped(OSError):
    """A thread has a filter of its own, so that ours cannot bind it."""


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def install(program: Program) -> None:
    """Bind all threads of this process to `program`. Raises OSError, of which ThreadEscaped."""
    prctl("no new privileges", 1)
    code = b"".join(step.packed() for step in program)
    thread = call("seccomp", _SET_MODE_FILTER, _ALL_THREADS, _Program(len(program), code))
    if thread:
        raise ThreadEscaped(f"Thread {thread} cannot be bound to the filter.")
