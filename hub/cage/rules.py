"""What each process may not ask of the kernel, as data. What no rule names stays allowed.

Descriptors that are open already go on working: pipes, the sound device, the sound server's
socket. Threads can be started, memory mapped, memfds made. Calls newer than `syscalls.NEWEST` are
unknown to all. Values are from the kernel's headers and equal on both machines.
"""

from enum import Enum

from hub.cage.bpf import Rule, Verdict, differs, equals, has_any, lacks


class Role(Enum):
    SENSES = "senses"
    MOUTH = "mouth"
    HOUSE = "house"
    EYE = "eye"
    """Decodes what one network camera sends, which reaches it through a relay only."""
    RELAY = "relay"
    """Carries bytes between one eye and its camera's one address and port."""
    BOOTH = "booth"
    """Hears and speaks for those who connect to the one port that it was handed."""
    INLET = "inlet"
    """Takes in the sound of one satellite and can send it nothing."""
    OUTLET = "outlet"
    """Sends speech to one satellite and can hear nothing of it."""


_UNIX, _INET, _INET6, _NETLINK = 1, 2, 10, 16
_STREAM, _DATAGRAM, _KIND = 1, 2, 0xF
_TCP, _MPTCP = 6, 262
_FAST_OPEN = 0x2000_0000
"""MSG_FASTOPEN connects by sending, past Landlock's ports."""
_NEW_NAMESPACES = 0x7E02_0080
"""All CLONE_NEW* flags."""
_THREAD = 0x0001_0000
_DUMPABLE, _PTRACER, _SECUREBITS, _FILTER = 4, 0x5961_6D61, 28, 22
_FAKE_INPUT, _LINUX_CONSOLE = 0x5412, 0x541C
"""TIOCSTI types into the terminal it belongs to; TIOCLINUX pastes into it."""
_SET_FLAGS, _SET_EXTENDED = 0x4008_6602, 0x401C_5820
"""FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR: write to a file that is open only for reading."""

_OTHERS_MEMORY = (
    *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease"),
    *("kcmp", "pidfd_getfd", "perf_event_open", "userfaultfd", "migrate_pages", "move_pages"),
)
_KERNEL = (
    *("bpf", "keyctl", "add_key", "request_key", "init_module", "finit_module", "delete_module"),
    *("kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl"),
    *("quotactl_fd", "iopl", "ioperm", "modify_ldt", "uselib", "vhangup", "syslog"),
    *("settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "sethostname"),
    *("setdomainname", "fanotify_init", "lookup_dcookie", "nfsservctl", "personality", "capset"),
)
_NAMESPACES = (
    *("unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "fsopen", "fsconfig"),
    *("fsmount", "fspick", "move_mount", "open_tree", "mount_setattr"),
)
_ANOTHER_WAY_IN = (
    *("io_uring_setup", "io_uring_enter", "io_uring_register"),
    *("io_setup", "io_destroy", "io_submit", "io_cancel", "io_getevents", "io_pgetevents"),
    "open_by_handle_at",
    # A filter of one's own may have a listener, which can give descriptors other numbers.
    "seccomp",
)
_PROGRAMS = ("execve", "execveat", "fork", "vfork")
_FILES = (
    *("creat", "mknod", "mknodat", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "truncate"),
    *("chmod", "fchmod", "fchmodat", "chown", "lchown", "fchown", "fchownat"),
    *("setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"),
    *("utime", "utimes", "futimesat", "utimensat"),
)
_OPENING = ("open", "openat")
_SERVING = ("bind", "listen")
_ACCEPTING = ("accept", "accept4")
_SOCKETS = ("socket", "connect", *_SERVING, *_ACCEPTING)
_SHARED = (
    *("shmget", "shmat", "msgget", "msgsnd", "msgrcv", "semget", "mq_open", "mq_unlink"),
    *("tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal"),
)

EVERYONE = (
    Rule(_OTHERS_MEMORY + _KERNEL + _NAMESPACES + _ANOTHER_WAY_IN, Verdict.REFUSED),
    Rule(_PROGRAMS, Verdict.REFUSED),
    # Their arguments lie in memory, where a filter cannot look.
    Rule(("openat2", "clone3"), Verdict.UNKNOWN),
    Rule(("clone",), Verdict.REFUSED, (has_any(0, _NEW_NAMESPACES & ~0xFF),)),
    Rule(("clone",), Verdict.REFUSED, (lacks(0, _THREAD),)),
    *(
        Rule(("prctl",), Verdict.REFUSED, (equals(0, option),))
        for option in (_DUMPABLE, _PTRACER, _SECUREBITS, _FILTER)
    ),
    *(
        Rule(("ioctl",), Verdict.REFUSED, (equals(1, request),))
        for request in (_FAKE_INPUT, _LINUX_CONSOLE, _SET_FLAGS, _SET_EXTENDED)
    ),
)
"""No other process's memory or descriptors, no new program, no namespace, nothing of the kernel's
own; no way to loosen what was dropped; no typing into the owner's terminal."""

_NO_FILES = (
    # Also reading: what such a process needs is open or loaded when the seal closes.
    Rule(_OPENING, Verdict.CLOSED),
    Rule((*_FILES, *_SHARED), Verdict.REFUSED),
    # A pair of datagram sockets could still send to any path by name; of streams it cannot.
    Rule(("socketpair",), Verdict.ALLOWED, (equals(0, _UNIX), equals(1, _STREAM, _KIND))),
    Rule(("socketpair",), Verdict.REFUSED),
)

_NO_SOCKETS = (Rule(_SOCKETS, Verdict.REFUSED),)

_NO_LISTENING = (Rule(_SERVING, Verdict.REFUSED),)

_NETWORKED = (
    # Multipath TCP hides from the counters that the ledger reads.
    Rule(("socket",), Verdict.REFUSED, (equals(2, _MPTCP),)),
    *(
        Rule(("socket",), Verdict.ALLOWED, (equals(0, family), equals(1, kind, _KIND)))
        for family in (_UNIX, _INET, _INET6)
        for kind in (_STREAM, _DATAGRAM)
    ),
    # What the C library asks for this machine's own addresses.
    Rule(("socket",), Verdict.ALLOWED, (equals(0, _NETLINK), equals(2, 0))),
    Rule(("socket",), Verdict.REFUSED),
)


_NO_FAST_OPEN = (
    Rule(("sendto", "sendmmsg"), Verdict.REFUSED, (has_any(3, _FAST_OPEN),)),
    Rule(("sendmsg",), Verdict.REFUSED, (has_any(2, _FAST_OPEN),)),
)

# A port that was shut down could be connected elsewhere, also by sending.
_ONLY_ACCEPTING = (Rule(("socket", "connect", *_SERVING), Verdict.REFUSED), *_NO_FAST_OPEN)


def _only_tcp(*families: int) -> tuple[Rule, ...]:
    stream = equals(1, _STREAM, _KIND)
    return (
        *_NO_FAST_OPEN,
        *(
            Rule(("socket",), Verdict.ALLOWED, (equals(0, family), stream, equals(2, protocol)))
            for family in families
            for protocol in (0, _TCP)
        ),
        Rule(("socket",), Verdict.REFUSED),
    )


_MOVING = ("sendfile", "splice", "tee", "vmsplice", "copy_file_range")
_WRITING = (
    *("write", "writev", "pwrite64", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg"),
    *(*_MOVING, "setsockopt", "shutdown"),
)
_READING = (
    *("read", "readv", "preadv2", "recvfrom", "recvmsg", "recvmmsg"),
    *(*_MOVING, "setsockopt"),
)
"""Not pread and preadv, which read files alone, such as what /proc says of this process."""
_TCP_LEVEL, _TCP_INFO = 6, 11
_COPY, _COPY_CLOSED = 0, 1030
"""F_DUPFD and F_DUPFD_CLOEXEC."""

_NO_OTHER_NAMES = (
    # A descriptor with another number would pass for another one.
    Rule(("dup", "dup2", "dup3"), Verdict.REFUSED),
    *(Rule(("fcntl",), Verdict.REFUSED, (equals(1, each),)) for each in (_COPY, _COPY_CLOSED)),
)


def _only_writes(fds: tuple[int, ...]) -> tuple[Rule, ...]:
    """Whatever else it holds open, a connection for one, it cannot send a byte there."""
    known = (Rule(("write",), Verdict.ALLOWED, (equals(0, fd),)) for fd in fds)
    return (*known, Rule(_WRITING, Verdict.REFUSED), *_NO_OTHER_NAMES)


def _only_reads(fds: tuple[int, ...]) -> tuple[Rule, ...]:
    """As above: it cannot take in a byte. Linux can also give what came in by getsockopt."""
    known = (Rule(("read",), Verdict.ALLOWED, (equals(0, fd),)) for fd in fds)
    counters = (equals(1, _TCP_LEVEL), equals(2, _TCP_INFO))
    return (
        *known,
        Rule(("getsockopt",), Verdict.ALLOWED, counters),
        Rule((*_READING, "getsockopt"), Verdict.REFUSED),
        *_NO_OTHER_NAMES,
    )


def rules(role: Role, pid: int, only: tuple[int, ...] = ()) -> tuple[Rule, ...]:
    """`pid`: the process itself, the only one that it may signal or set limits for. `only`: the
    descriptors that an inlet may write to, those that an outlet may read.
    """
    match role:
        case Role.HOUSE:
            return (*EVERYONE, *_NETWORKED)
        case Role.SENSES | Role.MOUTH:
            return (*EVERYONE, *_NO_FILES, *_NO_SOCKETS, *_only_itself(pid))
        case Role.EYE:
            # FFmpeg makes its own sockets; its network has nothing but the relay.
            tcp = (*_only_tcp(_INET), *_NO_LISTENING, Rule(_ACCEPTING, Verdict.REFUSED))
            return (*EVERYONE, *_NO_FILES, *tcp, *_only_itself(pid))
        case Role.RELAY:
            tcp = (*_only_tcp(_INET, _INET6), *_NO_LISTENING)
            return (*EVERYONE, *_NO_FILES, *tcp, *_only_itself(pid))
        case Role.BOOTH:
            return (*EVERYONE, *_NO_FILES, *_ONLY_ACCEPTING, *_only_itself(pid))
        case Role.INLET:
            one_way = (*_only_writes(only), *_NO_SOCKETS)
            return (*EVERYONE, *_NO_FILES, *one_way, *_only_itself(pid))
        case Role.OUTLET:
            one_way = (*_only_reads(only), *_NO_SOCKETS)
            return (*EVERYONE, *_NO_FILES, *one_way, *_only_itself(pid))


def _only_itself(pid: int) -> tuple[Rule, ...]:
    return (
        Rule(("kill", "tgkill"), Verdict.REFUSED, (differs(0, pid),)),
        Rule(("prlimit64",), Verdict.REFUSED, (differs(0, 0), differs(0, pid))),
    )
