"""What a process holds open when the seal closes goes on working; so it is looked at first."""

import os
import socket
import stat
import sys
from fcntl import F_GETFL, fcntl
from pathlib import Path

_LISTENS = " that listens"
_NEVER = ("anon_inode:[io_uring]", "anon_inode:bpf", "anon_inode:[userfaultfd]")


def lead_nowhere() -> None:
    """Standard output and error go to a terminal or a journal on disk: neither may hold speech."""
    sys.stdout.flush()
    sys.stderr.flush()
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)


def doors(files_too: bool, *, port: bool = False) -> tuple[str, ...]:  # noqa: FBT001 - by role
    """Open descriptors through which something could leave, in plain words.

    Sockets that are not Unix ones, the kernel's back doors, another process's memory and, with
    `files_too`, files with a name that can be written. `port`: one TCP socket that listens may be.
    """
    found = [door for place in Path("/proc/self/fd").iterdir() if (door := _door(place, files_too))]
    ports = [door for door in found if door.endswith(_LISTENS)]
    return tuple(door for door in found if not (port and ports == [door]))


def _door(place: Path, files_too: bool) -> str:  # noqa: FBT001 - as above
    fd = int(place.name)
    try:
        mode, target = os.fstat(fd), str(place.readlink())
        writable = fcntl(fd, F_GETFL) & os.O_ACCMODE != os.O_RDONLY
    except OSError:  # the listing's own descriptor, closed by now
        return ""
    if stat.S_ISSOCK(mode.st_mode):
        return _socket_door(fd)
    if target in _NEVER or (target.startswith("/proc/") and target.endswith("/mem")):
        return f"descriptor {fd} is {target}"
    named = stat.S_ISREG(mode.st_mode) and mode.st_nlink > 0
    if stat.S_ISBLK(mode.st_mode) or (files_too and named and writable):
        return f"descriptor {fd} can write a file"
    return ""


def _socket_door(fd: int) -> str:
    with socket.socket(fileno=os.dup(fd)) as copy:
        if copy.family == socket.AF_UNIX and copy.type & 0xF == socket.SOCK_STREAM:
            return ""
        listens = copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        return f"descriptor {fd} is a socket ({copy.family}, {copy.type}){_LISTENS * listens}"
