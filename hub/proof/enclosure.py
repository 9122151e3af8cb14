"""A world for the proof that vanishes with it: its own mounts, processes and networks.

Kill the proof in any way and the kernel takes everything back: namespaces have no names outside,
and /run is memory that only the proof sees. That also hides the sockets of this machine's own
services, so that none of them can carry a byte out (a name service, for one).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec

from hub.cage.kernel import mount

WORKSHOP = Path("/run/inglenook")
"""Where the proof keeps its files: in memory."""

_PROGRAMS = {
    "ip": "iproute2",
    "tcpdump": "tcpdump",
    "mosquitto": "mosquitto",
    "nsenter": "util-linux",
    "unshare": "util-linux",
    "setpriv": "util-linux",
}
"""Program -> Debian package."""
_ADMIN = "/usr/sbin:/sbin:/usr/local/sbin"
_RESOLVER = Path("/etc/resolv.conf")
_BIND = 0x1000


class CannotProve(Exception):
    """The proof cannot be run here; plain words say what to do."""


class Order(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the owner asks for. `recording`: played instead of the hub's own sample; `keep`: a
    folder for the captured packets; `tell`: a descriptor that takes what came of it.
    """

    recording: str | None = None
    keep: str | None = None
    tell: int | None = None
    json: bool = False


def program(name: str) -> str:
    """Where it lies; raises CannotProve."""
    found = shutil.which(name) or shutil.which(name, path=_ADMIN)
    if found is None:
        package = _PROGRAMS[name]
        raise CannotProve(f"The proof needs {name}. Run: sudo apt-get install {package}")
    return found


def run_enclosed(order: Order) -> int:
    """Run the whole proof in a new world; gives its exit status. Raises CannotProve."""
    for name in _PROGRAMS:
        program(name)
    world = new_world()
    tried = subprocess.run([*world, "true"], capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if tried.returncode:
        why = tried.stderr.strip().splitlines()[-1:] or ["it did not say why"]
        raise CannotProve(
            f"This system allows no namespaces here ({why[0]}). Run the proof as root, and not in "
            "a container that forbids it."
        )
    order_line = msgspec.json.encode(order).decode()
    inside = [*world, sys.executable, "-m", "hub.proof", order_line]
    told = () if order.tell is None else (order.tell,)
    return subprocess.run(inside, check=False, pass_fds=told).returncode  # noqa: S603 - as above


def new_world() -> tuple[str, ...]:
    """An ordinary user has every power in a world of his own, where the system allows one."""
    powers = () if os.geteuid() == 0 else ("--user", "--map-current-user", "--keep-caps")
    return (
        *(program("setpriv"), "--pdeathsig", "KILL", program("unshare"), *powers),
        *("--mount", "--net", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc"),
    )


def settle_in(nameserver: str) -> None:
    """Inside: an empty /run, and a name server that is part of the proof."""
    mount("inglenook-proof", "/run", "tmpfs", 0, "mode=755")
    WORKSHOP.mkdir()
    resolver = WORKSHOP / "resolv.conf"
    resolver.write_text(f"nameserver {nameserver}\noptions timeout:1 attempts:1\n")
    place = _RESOLVER.resolve()
    if place.is_relative_to("/run"):
        place.parent.mkdir(parents=True)
        place.touch()
    if place.exists():
        mount(str(resolver), str(place), "none", _BIND)
