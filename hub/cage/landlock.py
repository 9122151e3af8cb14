"""Landlock, where the kernel has it: a second lock on files, TCP and the neighbours.

It binds the calling thread and those it starts, not the ones that already run; seccomp binds all.
It does not touch what is open already, UDP, or Unix sockets with a path.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from ctypes import Structure, c_int32, c_uint64, sizeof

from hub.cage.kernel import call, prctl

_VERSION_WANTED = 1
_PATH_BENEATH, _PORT = 1, 2
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""Version -> how many rights on files it knows (linux/landlock.h)."""
_TCP_SINCE, _SCOPES_SINCE = 4, 6
_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11
_TO_READ = 0b1101
"""Run, read a file, list a folder."""
_ON_FILES = 0b1100_0000_0000_0111
"""Rights that a rule on something other than a folder may give: run, write, read, cut, ioctl."""


class NoLandlock(Exception):
    """The kernel has none, or it is switched off."""


class _Ruleset(Structure):
    _fields_ = (("files", c_uint64), ("tcp", c_uint64), ("scopes", c_uint64))


class _Beneath(Structure):
    """struct landlock_path_beneath_attr."""

    _pack_ = 1
    _fields_ = (("rights", c_uint64), ("folder", c_int32))


class _Port(Structure):
    """struct landlock_net_port_attr."""

    _fields_ = (("rights", c_uint64), ("port", c_uint64))


def version() -> int:
    """Raises NoLandlock."""
    try:
        return call("landlock_create_ruleset", None, 0, _VERSION_WANTED)
    except OSError as error:
        raise NoLandlock(f"This kernel has no Landlock ({error.strerror}).") from error


def close_neighbours(but_port: int | None = None) -> None:
    """No TCP but to and from this port (of any address), no abstract Unix socket, no signal to a
    process outside; as far as it knows them.

    Early, so that every thread is bound. Raises NoLandlock, OSError.
    """
    known = version()
    tcp = _BIND_AND_CONNECT if known >= _TCP_SINCE else 0
    scopes = _ABSTRACT_SOCKETS_AND_SIGNALS if known >= _SCOPES_SINCE else 0
    if tcp or scopes:
        _restrict(_Ruleset(0, tcp, scopes), port=but_port if tcp else None)


def close_files(but: Iterable[str] = (), read: Iterable[str] = ()) -> None:
    """Nothing can be opened, made or run, except beneath the paths `but`; beneath `read` nothing
    can be made or written.

    Raises NoLandlock, OSError.
    """
    known = version()
    rights = (1 << max(n for since, n in _FILE_RIGHTS.items() if since <= known)) - 1
    places = (*((path, rights) for path in but), *((path, _TO_READ) for path in read))
    _restrict(_Ruleset(rights, 0, 0), places)


def _restrict(
    ruleset: _Ruleset, places: Iterable[tuple[str, int]] = (), port: int | None = None
) -> None:
    # Older kernels know a shorter structure and accept a longer one whose rest is zero.
    prctl("no new privileges", 1)
    fd = call("landlock_create_ruleset", ruleset, sizeof(ruleset), 0)
    try:
        for path, rights in places:
            with suppress(FileNotFoundError):
                _allow(fd, path, rights)
        if port is not None:
            call("landlock_add_rule", fd, _PORT, _Port(_BIND_AND_CONNECT, port), 0)
        call("landlock_restrict_self", fd, 0)
    finally:
        os.close(fd)


def _allow(ruleset: int, path: str, rights: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        fit = rights if os.path.isdir(path) else rights & _ON_FILES  # noqa: PTH112 - a plain text
        call("landlock_add_rule", ruleset, _PATH_BENEATH, _Beneath(fit, place), 0)
    finally:
        os.close(place)
