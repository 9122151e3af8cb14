"""Namespaces of our own: an empty network, and mounts that only we see.

An empty network has no address, no route, not even a loopback that is up. It closes every network
whatever the kind of socket, also kinds that no filter has heard of. It does not close Unix sockets
that have a path (the sound server's is one), nor descriptors that are open.
To be called while the process has one thread: a namespace belongs to a thread, and a user namespace
is refused to a process with several.
"""

import os
from pathlib import Path

from hub.cage.kernel import call

_NEW_USER, _NEW_NETWORK, _NEW_MOUNTS = 0x1000_0000, 0x4000_0000, 0x0002_0000


def leave_the_network() -> None:
    """Raises OSError where neither root nor a user namespace allows it."""
    _unshare(_NEW_NETWORK)


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
