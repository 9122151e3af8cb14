"""Gives up, for this process and all that it starts, every power it does not need.

Capabilities, the right to gain any, and being looked into: without the dumpable mark neither a core
dump nor /proc/PID/mem of a process of the same user shows its memory (root outside still can).
To be called while the process has one thread: capabilities belong to threads.
"""

import ctypes
import errno
import resource

from hub.cage.kernel import call, prctl

_CAPABILITIES_3 = 0x2008_0522
_CLEAR_ALL_AMBIENT = 4
_MOST = 64


class _Header(ctypes.Structure):
    """struct __user_cap_header_struct; process 0 is the caller."""

    _fields_ = (("version", ctypes.c_uint32), ("process", ctypes.c_int))


class _Sets(ctypes.Structure):
    """Two of struct __user_cap_data_struct: effective, permitted, inheritable; all empty."""

    _fields_ = (("words", ctypes.c_uint32 * 6),)


def keep_memory_private() -> None:
    """No core dump, and nobody of the same user reads this memory. Raises OSError."""
    prctl("dumpable", 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def drop_privileges() -> None:
    """No capability is left or can come back. Raises OSError."""
    prctl("no new privileges", 1)
    _empty_bounding_set()
    prctl("ambient capabilities", _CLEAR_ALL_AMBIENT)
    call("capset", _Header(_CAPABILITIES_3, 0), _Sets())


def _empty_bounding_set() -> None:
    """Without CAP_SETPCAP it stays, but no new privileges means nothing can be taken from it."""
    for capability in range(_MOST):
        try:
            prctl("capability bound", capability)
        except OSError as error:
            if error.errno in {errno.EINVAL, errno.EPERM}:  # beyond the last one; not ours to drop
                return
            raise
