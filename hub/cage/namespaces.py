"""Namespaces of our own: an empty network, and mounts that only we see.

An empty network has no address, no route, not even a loopback that is up. It closes every network
whatever the kind of socket, also kinds that no filter has heard of. It does not close Unix sockets
that have a path (the sound server's is one), nor descriptors that are open.
To be called while the process has one thread: a namespace belongs to a thread, and a user namespace
is refused to a process with several.
"""

import os
import socket
import struct
from fcntl import ioctl
from pathlib import Path

from hub.cage.kernel import call

_NEW_USER, _NEW_NETWORK, _NEW_MOUNTS = 0x1000_0000, 0x4000_0000, 0x0002_0000
OWN_LOOPBACK = "inglenook"
"""What the loopback of an empty network is called where it is up: so it is told from the machine's,
on which other programs listen."""
_SET_NAME, _SET_FLAGS, _UP = 0x8923, 0x8914, 1
"""SIOCSIFNAME, SIOCSIFFLAGS and IFF_UP (linux/sockios.h, linux/if.h)."""


def leave_the_network() -> None:
    """Raises OSError where neither root nor a user namespace allows it."""
    _unshare(_NEW_NETWORK)


def keep_a_loopback() -> None:
    """As `leave_the_network`, with a loopback of our own that works and leads nowhere else."""
    leave_the_network()
    name = OWN_LOOPBACK.encode()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        ioctl(control, _SET_NAME, struct.pack("16s24s", b"lo", name))
        ioctl(control, _SET_FLAGS, struct.pack("16sH22x", name, _UP))


def new_mounts() -> None:
    """Mounts made from now on are ours alone. Raises OSError as above."""
    _unshare(_NEW_MOUNTS)


def _unshare(flags: int) -> None:
    try:
        call("unshare", flags)
    except PermissionError:
        _in_user_namespace(flags)


def _in_user_namespace(flags: int) -> None:
    """We stay who we are inside; must come before the process hides (see `privileges`)."""
    user, group = os.geteuid(), os.getegid()
    call("unshare", _NEW_USER | flags)
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{user} {user} 1")
    (own / "gid_map").write_text(f"{group} {group} 1")
