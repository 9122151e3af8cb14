"""The doors to the kernel that Python has no function for: raw system calls and prctl."""

import ctypes
import os
from collections.abc import Mapping
from types import MappingProxyType

from hub.cage.syscalls import NUMBERS, machine

Argument = int | bytes | None | ctypes.Array[ctypes.c_char] | ctypes.Structure

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long
_PR_SET: Mapping[str, int] = MappingProxyType(
    {
        "dumpable": 4,
        "capability bound": 24,
        "no new privileges": 38,
        "ambient capabilities": 47,
    }
)
"""linux/prctl.h"""


def call(name: str, *arguments: Argument) -> int:
    """The system call `name` of the tables in `syscalls`; a struct goes by reference.

    Raises OSError, also (ENOSYS) for a call that this machine does not have.
    """
    number = NUMBERS[name].on(machine())
    result: int = _LIBC.syscall(
        ctypes.c_long(-1 if number is None else number), *map(_c, arguments)
    )
    return _checked(result, name)


def prctl(option: str, *values: int) -> int:
    """Raises OSError."""
    padded = (*values, 0, 0, 0, 0)[:4]
    result: int = _LIBC.prctl(_PR_SET[option], *map(ctypes.c_ulong, padded))
    return _checked(result, option)


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Raises OSError."""
    texts = (source.encode(), target.encode(), kind.encode())
    _checked(_LIBC.mount(*texts, ctypes.c_ulong(flags), options.encode()), f"mount {target}")


def _c(argument: Argument) -> object:
    if isinstance(argument, int):
        return ctypes.c_long(argument)
    return ctypes.byref(argument) if isinstance(argument, ctypes.Structure) else argument


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result
