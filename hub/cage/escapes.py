"""The forbidden list: everything that must fail inside, tried by the sealed process itself.

An attempt that gets as far as the kernel's own work counts as escaped, whatever it finds there (no
listener, no such program); only "not permitted", "no such call" and "no network" count as held.
Each is harmless when it works. `seal` closes more than is tried here.
"""

import errno
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from hub.cage.gate import PORT
from hub.cage.kernel import call, prctl
from hub.cage.one_way import HEARING, ONE_WAY, SENDING
from hub.cage.rules import Role

_HELD = frozenset(
    {
        *(errno.EPERM, errno.EACCES, errno.ENOSYS),
        *(errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EHOSTUNREACH),
        *(errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT, errno.ESOCKTNOSUPPORT, errno.EOPNOTSUPP),
    }
)
_DISCARD = 9
"""A port of this machine on which nobody listens."""
_HERE, _HERE_6 = ("127.0.0.1", _DISCARD), ("::1", _DISCARD)
_ELSEWHERE = ("198.51.100.1", PORT)
"""An address of nobody (RFC 5737), at the port where an eye's camera answers."""
_NOBODY = Path("/nonexistent/inglenook")
_NAME = bytes(_NOBODY)
_NETLINK, _PACKET, _VSOCK, _MPTCP, _BLUETOOTH, _ALG = 16, 17, 40, 262, 31, 38
_FAST_OPEN = 0x2000_0000
_EMPTY_PATH = 0x1000
_THREAD_IN_NAMESPACE = 0x0001_0000 | 0x800 | 0x100 | 0x0002_0000 | 0x200
"""CLONE_NEWNS with CLONE_FS: the kernel refuses this pair as invalid, a filter as forbidden."""
_CHILD_OF_NO_USE = 0x800
"""CLONE_SIGHAND without CLONE_VM: as above."""
_FOLDER = Path("/tmp")  # noqa: S108 - where anyone may write; what is made is removed

Attempt = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Escape:
    """Something forbidden that worked."""

    name: str

    def __str__(self) -> str:
        return f"{self.name} is possible"


def try_all(role: Role) -> tuple[Escape, ...]:
    """What succeeded of all that is forbidden to `role`; empty when the wall holds."""
    return tuple(Escape(name) for name, attempt in forbidden(role).items() if succeeds(attempt))


def succeeds(attempt: Attempt) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno not in _HELD
    return True


def forbidden(role: Role) -> Mapping[str, Attempt]:
    """Name -> attempt. Called by the process with that role."""
    match role:
        case Role.HOUSE:
            return _of(_EVERYONE, _NETWORKED)
        case Role.SENSES | Role.MOUTH:
            return _of(_EVERYONE, _NETWORKED, _TCP, _BUT_TCP, _CLOSED)
        case Role.EYE:
            return _of(_EVERYONE, _NETWORKED, _BUT_ITS_CAMERA, _BUT_TCP, _CLOSED)
        case Role.RELAY:
            return _of(_EVERYONE, _NETWORKED, _BUT_TCP, _CLOSED)
        case Role.BOOTH:
            return _of(_EVERYONE, _NETWORKED, _TCP, _BUT_ITS_PORT, _BUT_TCP, _CLOSED)
        case Role.INLET:
            return _of(_EVERYONE, _NETWORKED, _TCP, _BUT_TCP, _CLOSED, ONE_WAY, SENDING)
        case Role.OUTLET:
            return _of(_EVERYONE, _NETWORKED, _TCP, _BUT_TCP, _CLOSED, ONE_WAY, HEARING)


def _of(*lists: Mapping[str, Attempt]) -> Mapping[str, Attempt]:
    return MappingProxyType({name: each[name] for each in lists for name in each})


def _connect(family: int, kind: int, protocol: int, address: object) -> None:
    with socket.socket(family, kind, protocol) as line:
        line.settimeout(0)
        line.connect(address)  # type: ignore[arg-type]  # a family's own kind of address


def _send(family: int, kind: int, flags: int, address: tuple[str, int]) -> None:
    with socket.socket(family, kind) as line:
        line.settimeout(0)
        line.sendto(b"", flags, address)


def _make(family: int, kind: int, protocol: int = 0) -> None:
    socket.socket(family, kind, protocol).close()


def _listen() -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", PORT))
        line.listen()


def _with_open(use: Callable[[socket.socket], object]) -> None:
    """A socket that is there already: a filter cannot tell which one it is."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        use(ours)


def _datagram_pair() -> None:
    """A half of a pair could send to any path, a journal's for one."""
    for half in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
        half.close()


def _ring() -> None:
    call("io_uring_setup", 1, None)


def _memfd_run() -> None:
    """An empty program in memory, which is found to be none if it may be run at all."""
    fd = os.memfd_create("inglenook")
    try:
        call("execveat", fd, b"", None, None, _EMPTY_PATH)
    finally:
        os.close(fd)


def _spawn() -> None:
    os.posix_spawn(_NOBODY, [_NAME], {})


def _new_file() -> None:
    """As a recording would be kept."""
    path = _FOLDER / f"inglenook-escape-{os.getpid()}"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    path.unlink()


def _new_folder() -> None:
    path = _FOLDER / f"inglenook-escape-{os.getpid()}"
    path.mkdir()
    path.rmdir()


def _nameless_file() -> None:
    os.close(os.open(_FOLDER, os.O_RDWR | os.O_TMPFILE, 0o600))


def _open(path: str, flags: int = os.O_RDONLY) -> None:
    os.close(os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC))


def _parents_memory() -> None:
    _open(f"/proc/{os.getppid()}/mem")


def _read_parent() -> None:
    call("process_vm_readv", os.getppid(), None, 0, None, 0, 0)


def _sound_and_video() -> None:
    """Any that is there; as not permitted where there is none."""
    found = [*Path("/dev").glob("snd/*"), *Path("/dev").glob("video*")]
    if not found:
        raise PermissionError(errno.EACCES, "no device can be seen")
    for device in found:
        _open(str(device))


def _be_dumped() -> None:
    prctl("dumpable", 1)
    prctl("dumpable", 0)


def _signal_parent() -> None:
    os.kill(os.getppid(), 0)


def _mq() -> None:
    call("mq_open", b"inglenook", os.O_RDONLY, 0, None)


_EVERYONE: Mapping[str, Attempt] = MappingProxyType(
    {
        "io_uring": _ring,
        "native AIO": lambda: call("io_setup", 0, None),
        "another filter": lambda: call("seccomp", 1, 0, None),
        "tracing a process": lambda: call("ptrace", 3, os.getpid(), None, None),
        "reading the launcher's memory": _read_parent,
        "opening the launcher's memory": _parents_memory,
        "taking a descriptor": lambda: call("pidfd_getfd", -1, 0, 0),
        "comparing processes": lambda: call("kcmp", os.getpid(), os.getppid(), 2, 0, 0),
        "loading BPF": lambda: call("bpf", 0, None, 0),
        "performance counters": lambda: call("perf_event_open", None, 0, -1, -1, 0),
        "userfaultfd": lambda: call("userfaultfd", 0x4000),
        "the kernel's keyrings": lambda: call("keyctl", 0, -1, 0, 0, 0),
        "adding a key": lambda: call("add_key", None, None, None, 0, 0),
        "mounting": lambda: call("mount", b"none", _NAME, b"tmpfs", 0, None),
        "a new mount": lambda: call("fsopen", None, 0),
        "new namespaces": lambda: call("unshare", 0),
        "another's namespace": lambda: call("setns", -1, 0),
        "a thread in a namespace": lambda: call("clone", _THREAD_IN_NAMESPACE, None),
        "cloning past the filter": lambda: call("clone3", None, 0),
        "opening past the filter": lambda: call("openat2", -1, None, None, 0),
        "opening by handle": lambda: call("open_by_handle_at", -1, None, 0),
        "loading a kernel module": lambda: call("finit_module", -1, b"", 0),
        "running a program": _spawn,
        "becoming a program": lambda: call("execve", _NAME, None, None),
        "running memory": _memfd_run,
        "forking": lambda: call("clone", _CHILD_OF_NO_USE, None),
        "being dumped": _be_dumped,
    }
)

_NETWORKED: Mapping[str, Attempt] = MappingProxyType(
    {
        "raw sockets": lambda: _make(socket.AF_INET, socket.SOCK_RAW, 255),
        "packet sockets": lambda: _make(_PACKET, socket.SOCK_RAW),
        "vsock": lambda: _make(_VSOCK, socket.SOCK_STREAM),
        "kernel crypto sockets": lambda: _make(_ALG, 5),
        "Bluetooth": lambda: _make(_BLUETOOTH, socket.SOCK_RAW),
        "multipath TCP": lambda: _connect(socket.AF_INET, socket.SOCK_STREAM, _MPTCP, _HERE),
        "netlink (netfilter)": lambda: _make(_NETLINK, socket.SOCK_RAW, 12),
        "sound and video devices": _sound_and_video,
    }
)

_TCP: Mapping[str, Attempt] = MappingProxyType(
    {
        "TCP": lambda: _connect(socket.AF_INET, socket.SOCK_STREAM, 0, _HERE),
        "TCP over IPv6": lambda: _connect(socket.AF_INET6, socket.SOCK_STREAM, 0, _HERE_6),
    }
)

_BUT_ITS_CAMERA: Mapping[str, Attempt] = MappingProxyType(
    {
        "another address": lambda: _connect(socket.AF_INET, socket.SOCK_STREAM, 0, _ELSEWHERE),
        "its loopback over IPv6": _TCP["TCP over IPv6"],
        "listening": _listen,
    }
)

_BUT_ITS_PORT: Mapping[str, Attempt] = MappingProxyType(
    {
        "connecting what is open": lambda: _with_open(lambda line: line.connect(_NAME)),
        "binding what is open": lambda: _with_open(lambda line: line.bind(b"\0inglenook-nobody")),
        "listening on what is open": lambda: _with_open(lambda line: line.listen()),
        "connecting by sending": lambda: _with_open(lambda line: line.send(b".", _FAST_OPEN)),
    }
)

_BUT_TCP: Mapping[str, Attempt] = MappingProxyType(
    {
        "UDP": lambda: _send(socket.AF_INET, socket.SOCK_DGRAM, 0, _HERE),
        "UDP over IPv6": lambda: _send(socket.AF_INET6, socket.SOCK_DGRAM, 0, _HERE_6),
        "TCP fast open": lambda: _send(socket.AF_INET, socket.SOCK_STREAM, _FAST_OPEN, _HERE),
    }
)

_CLOSED: Mapping[str, Attempt] = MappingProxyType(
    {
        "Unix sockets": lambda: _connect(socket.AF_UNIX, socket.SOCK_STREAM, 0, _NAME),
        "abstract Unix sockets": lambda: _connect(socket.AF_UNIX, 1, 0, b"\0inglenook-nobody"),
        "a pair of datagram sockets": _datagram_pair,
        "netlink": lambda: _make(_NETLINK, socket.SOCK_RAW),
        "a nameless file": _nameless_file,
        "a file": _new_file,
        "reading a file": lambda: _open("/proc/version"),
        "writing a device": lambda: _open("/dev/null", os.O_WRONLY),
        "a folder": _new_folder,
        "renaming": lambda: _NOBODY.rename(_NOBODY),
        "deleting": _NOBODY.unlink,
        "linking": lambda: _NOBODY.hardlink_to(_NOBODY),
        "extended attributes": lambda: os.setxattr(_NOBODY, b"user.inglenook", b""),
        "file times": lambda: os.utime(_NOBODY),
        "shared memory by key": lambda: call("shmget", -2, 0, 0),
        "shared memory by name": lambda: _open("/dev/shm", os.O_RDONLY),  # noqa: S108 - opened only
        "message queues": _mq,
        "signals to the launcher": _signal_parent,
        "limits of the launcher": lambda: call("prlimit64", os.getppid(), 7, None, None),
    }
)
