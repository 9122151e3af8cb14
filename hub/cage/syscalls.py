"""The numbers of the system calls we name, on the two machines we know.

From the kernel's asm/unistd_64.h (x86_64) and asm-generic/unistd.h (aarch64); a test compares them
with the headers. Calls named here and not judged in `rules` are made by ourselves.
"""

import functools
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class Machine(Enum):
    """The value is the kernel's AUDIT_ARCH number (linux/audit.h)."""

    X86_64 = 0xC000003E
    AARCH64 = 0xC00000B7


class UnknownMachine(Exception):
    """A processor for which we have no tables, or a 32-bit program on a known one."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """None: the machine has no such call."""

    x86_64: int | None
    aarch64: int | None

    def on(self, machine: Machine) -> int | None:
        return self.x86_64 if machine is Machine.X86_64 else self.aarch64


@functools.cache
def machine() -> Machine:
    """The machine this program runs on; raises UnknownMachine."""
    name = os.uname().machine
    if struct.calcsize("P") != 8:  # noqa: PLR2004 - bytes of a pointer; uname tells of the kernel
        raise UnknownMachine(f"A 32-bit Python on {name}: install a 64-bit system.")
    try:
        return Machine[name.upper()]
    except KeyError:
        known = " or ".join(each.name.lower() for each in Machine)
        raise UnknownMachine(f"The seal knows no {name} processor, only {known}.") from None


NEWEST = 450
"""set_mempolicy_home_node, Linux 5.17: the last call that `rules` was thought through for."""

NUMBERS: Mapping[str, Numbers] = MappingProxyType(
    {
        "socket": Numbers(41, 198),
        "socketpair": Numbers(53, 199),
        "connect": Numbers(42, 203),
        "bind": Numbers(49, 200),
        "listen": Numbers(50, 201),
        "accept": Numbers(43, 202),
        "accept4": Numbers(288, 242),
        "sendto": Numbers(44, 206),
        "sendmsg": Numbers(46, 211),
        "sendmmsg": Numbers(307, 269),
        "open": Numbers(2, None),
        "openat": Numbers(257, 56),
        "openat2": Numbers(437, 437),
        "io_setup": Numbers(206, 0),
        "io_destroy": Numbers(207, 1),
        "io_submit": Numbers(209, 2),
        "io_cancel": Numbers(210, 3),
        "io_getevents": Numbers(208, 4),
        "io_pgetevents": Numbers(333, 292),
        "open_by_handle_at": Numbers(304, 265),
        "creat": Numbers(85, None),
        "mknod": Numbers(133, None),
        "mknodat": Numbers(259, 33),
        "mkdir": Numbers(83, None),
        "mkdirat": Numbers(258, 34),
        "rmdir": Numbers(84, None),
        "unlink": Numbers(87, None),
        "unlinkat": Numbers(263, 35),
        "rename": Numbers(82, None),
        "renameat": Numbers(264, 38),
        "renameat2": Numbers(316, 276),
        "link": Numbers(86, None),
        "linkat": Numbers(265, 37),
        "symlink": Numbers(88, None),
        "symlinkat": Numbers(266, 36),
        "truncate": Numbers(76, 45),
        "chmod": Numbers(90, None),
        "fchmod": Numbers(91, 52),
        "fchmodat": Numbers(268, 53),
        "chown": Numbers(92, None),
        "lchown": Numbers(94, None),
        "fchown": Numbers(93, 55),
        "fchownat": Numbers(260, 54),
        "setxattr": Numbers(188, 5),
        "lsetxattr": Numbers(189, 6),
        "fsetxattr": Numbers(190, 7),
        "removexattr": Numbers(197, 14),
        "lremovexattr": Numbers(198, 15),
        "fremovexattr": Numbers(199, 16),
        "utime": Numbers(132, None),
        "utimes": Numbers(235, None),
        "futimesat": Numbers(261, None),
        "utimensat": Numbers(280, 88),
        "execve": Numbers(59, 221),
        "execveat": Numbers(322, 281),
        "fork": Numbers(57, None),
        "vfork": Numbers(58, None),
        "clone": Numbers(56, 220),
        "clone3": Numbers(435, 435),
        "unshare": Numbers(272, 97),
        "setns": Numbers(308, 268),
        "mount": Numbers(165, 40),
        "umount2": Numbers(166, 39),
        "pivot_root": Numbers(155, 41),
        "chroot": Numbers(161, 51),
        "fsopen": Numbers(430, 430),
        "fsconfig": Numbers(431, 431),
        "fsmount": Numbers(432, 432),
        "fspick": Numbers(433, 433),
        "move_mount": Numbers(429, 429),
        "open_tree": Numbers(428, 428),
        "mount_setattr": Numbers(442, 442),
        "io_uring_setup": Numbers(425, 425),
        "io_uring_enter": Numbers(426, 426),
        "io_uring_register": Numbers(427, 427),
        "ptrace": Numbers(101, 117),
        "process_vm_readv": Numbers(310, 270),
        "process_vm_writev": Numbers(311, 271),
        "process_madvise": Numbers(440, 440),
        "process_mrelease": Numbers(448, 448),
        "kcmp": Numbers(312, 272),
        "pidfd_getfd": Numbers(438, 438),
        "bpf": Numbers(321, 280),
        "perf_event_open": Numbers(298, 241),
        "userfaultfd": Numbers(323, 282),
        "keyctl": Numbers(250, 219),
        "add_key": Numbers(248, 217),
        "request_key": Numbers(249, 218),
        "init_module": Numbers(175, 105),
        "finit_module": Numbers(313, 273),
        "delete_module": Numbers(176, 106),
        "kexec_load": Numbers(246, 104),
        "kexec_file_load": Numbers(320, 294),
        "reboot": Numbers(169, 142),
        "swapon": Numbers(167, 224),
        "swapoff": Numbers(168, 225),
        "acct": Numbers(163, 89),
        "quotactl": Numbers(179, 60),
        "quotactl_fd": Numbers(443, 443),
        "iopl": Numbers(172, None),
        "ioperm": Numbers(173, None),
        "modify_ldt": Numbers(154, None),
        "uselib": Numbers(134, None),
        "vhangup": Numbers(153, 58),
        "syslog": Numbers(103, 116),
        "settimeofday": Numbers(164, 170),
        "clock_settime": Numbers(227, 112),
        "adjtimex": Numbers(159, 171),
        "clock_adjtime": Numbers(305, 266),
        "sethostname": Numbers(170, 161),
        "setdomainname": Numbers(171, 162),
        "fanotify_init": Numbers(300, 262),
        "lookup_dcookie": Numbers(212, 18),
        "nfsservctl": Numbers(180, 42),
        "personality": Numbers(135, 92),
        "migrate_pages": Numbers(256, 238),
        "move_pages": Numbers(279, 239),
        "kill": Numbers(62, 129),
        "tkill": Numbers(200, 130),
        "tgkill": Numbers(234, 131),
        "rt_sigqueueinfo": Numbers(129, 138),
        "rt_tgsigqueueinfo": Numbers(297, 240),
        "pidfd_send_signal": Numbers(424, 424),
        "prlimit64": Numbers(302, 261),
        "shmget": Numbers(29, 194),
        "shmat": Numbers(30, 196),
        "msgget": Numbers(68, 186),
        "msgsnd": Numbers(69, 189),
        "msgrcv": Numbers(70, 188),
        "semget": Numbers(64, 190),
        "mq_open": Numbers(240, 180),
        "mq_unlink": Numbers(241, 181),
        "prctl": Numbers(157, 167),
        "ioctl": Numbers(16, 29),
        "seccomp": Numbers(317, 277),
        "capset": Numbers(126, 91),
        "landlock_create_ruleset": Numbers(444, 444),
        "landlock_add_rule": Numbers(445, 445),
        "landlock_restrict_self": Numbers(446, 446),
        "read": Numbers(0, 63),
        "readv": Numbers(19, 65),
        "preadv2": Numbers(327, 286),
        "recvfrom": Numbers(45, 207),
        "recvmmsg": Numbers(299, 243),
        "write": Numbers(1, 64),
        "writev": Numbers(20, 66),
        "pwrite64": Numbers(18, 68),
        "pwritev": Numbers(296, 70),
        "pwritev2": Numbers(328, 287),
        "sendfile": Numbers(40, 71),
        "splice": Numbers(275, 76),
        "tee": Numbers(276, 77),
        "vmsplice": Numbers(278, 75),
        "copy_file_range": Numbers(326, 285),
        "dup": Numbers(32, 23),
        "dup2": Numbers(33, None),
        "dup3": Numbers(292, 24),
        "fcntl": Numbers(72, 25),
        "getsockopt": Numbers(55, 209),
        "setsockopt": Numbers(54, 208),
        "shutdown": Numbers(48, 210),
        "mmap": Numbers(9, 222),
        "futex": Numbers(202, 98),
        "recvmsg": Numbers(47, 212),
        "memfd_create": Numbers(319, 279),
        "ppoll": Numbers(271, 73),
        "getpid": Numbers(39, 172),
    }
)
