"""Both machines get the same verdicts, read from the very bytes that the kernel would get."""

import errno
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.cage.bpf import Program, Verdict, compiled
from hub.cage.rules import Role, rules
from hub.cage.syscalls import NEWEST, NUMBERS, Machine
from tests.hub.cage.interpreter import data, judged

PID = 4711
OWN = (7, 9)
"""The descriptors that an inlet may write to, or an outlet read."""
ALLOWED, REFUSED, CLOSED, UNKNOWN, KILLED = (
    *(Verdict.ALLOWED, Verdict.REFUSED, Verdict.CLOSED, Verdict.UNKNOWN),
    Verdict.KILLED,
)
PROGRAMS: dict[tuple[Role, Machine], Program] = {
    (role, machine): compiled(rules(role, PID, OWN), machine)
    for role in Role
    for machine in Machine
}
THREAD_FLAGS = 0x3D0F00
"""What glibc starts a thread with."""
FORK_FLAGS = 0x01200011
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
CLOSED_TABLE = [
    ("socket", (2, 1, 0), REFUSED),
    ("socket", (1, 1, 0), REFUSED),
    ("socketpair", (1, 1 | 0o2000000, 0), ALLOWED),
    ("socketpair", (1, 2, 0), REFUSED),
    ("socketpair", (30, 1, 0), REFUSED),
    ("connect", (), REFUSED),
    ("openat", (-100, 0, os.O_RDONLY), CLOSED),
    ("openat", (-100, 0, os.O_WRONLY | os.O_CREAT), CLOSED),
    ("kill", (PID, 0), ALLOWED),
    ("kill", (1, 9), REFUSED),
    ("kill", (-1, 9), REFUSED),
    ("tgkill", (PID, PID, 6), ALLOWED),
    ("tgkill", (1, 1, 9), REFUSED),
    ("prlimit64", (0, 7, 0, 0), ALLOWED),
    ("prlimit64", (1, 7, 0, 0), REFUSED),
    ("shmget", (), REFUSED),
    *((name, (), ALLOWED) for name in ("read", "write", "sendmsg", "recvmsg", "mmap", "futex")),
    *((name, (), ALLOWED) for name in ("memfd_create", "ppoll")),
]
HOUSE_TABLE = [
    ("socket", (2, 1 | 0o2004000, 6), ALLOWED),
    ("socket", (10, 2, 17), ALLOWED),
    ("socket", (1, 1, 0), ALLOWED),
    ("socket", (2, 3, 255), REFUSED),
    ("socket", (2, 1, 262), REFUSED),
    ("socket", (16, 3, 0), ALLOWED),
    ("socket", (16, 3, 12), REFUSED),
    ("socket", (17, 3, 0), REFUSED),
    ("socket", (40, 1, 0), REFUSED),
    ("connect", (), ALLOWED),
    ("openat", (-100, 0, os.O_WRONLY | os.O_CREAT), ALLOWED),
]
TCP_TABLE = [
    ("socket", (2, 1 | 0o2004000, 6), ALLOWED),
    ("socket", (2, 1, 0), ALLOWED),
    ("socket", (2, 1, 262), REFUSED),
    ("socket", (2, 1, 132), REFUSED),
    ("socket", (2, 2, 17), REFUSED),
    ("socket", (1, 1, 0), REFUSED),
    ("socket", (10, 2, 0), REFUSED),
    ("connect", (), ALLOWED),
    ("bind", (), REFUSED),
    ("listen", (), REFUSED),
    ("sendto", (3, 0, 0, 0x4000), ALLOWED),
    ("sendto", (3, 0, 0, 0x20004000), REFUSED),
    ("sendmsg", (3, 0, 0x20000000), REFUSED),
    ("sendmmsg", (3, 0, 1, 0x20000000), REFUSED),
]
EYE_TABLE = [*TCP_TABLE, ("socket", (10, 1, 6), REFUSED), ("accept4", (), REFUSED)]
RELAY_TABLE = [*TCP_TABLE, ("socket", (10, 1, 6), ALLOWED), ("accept4", (), ALLOWED)]
BOOTH_TABLE = [
    *(row for row in TCP_TABLE if row[0] not in {"socket", "connect"}),
    ("accept4", (), ALLOWED),
]
ONE_WAY_TABLE = [
    ("dup", (3,), REFUSED),
    ("dup3", (3, 7, 0), REFUSED),
    ("fcntl", (3, 0, 10), REFUSED),
    ("fcntl", (3, 1030, 10), REFUSED),
    ("fcntl", (3, 3), ALLOWED),
    ("splice", (3, 0, 7, 0, 1, 0), REFUSED),
    ("sendfile", (7, 3, 0, 1), REFUSED),
    ("socket", (2, 1, 0), REFUSED),
    ("connect", (), REFUSED),
]
INLET_TABLE = [
    *ONE_WAY_TABLE,
    ("recvfrom", (3,), ALLOWED),
    ("read", (3,), ALLOWED),
    *(("write", (fd,), ALLOWED) for fd in OWN),
    ("write", (3,), REFUSED),
    # 32 bits are what the kernel looks at: this is descriptor 3.
    ("write", (0x7_0000_0003,), REFUSED),
    *((name, (7,), REFUSED) for name in ("writev", "pwrite64", "sendto", "sendmsg", "sendmmsg")),
    *((name, (3,), REFUSED) for name in ("setsockopt", "shutdown")),
]
OUTLET_TABLE = [
    *ONE_WAY_TABLE,
    ("sendto", (3,), ALLOWED),
    ("write", (3,), ALLOWED),
    *(("read", (fd,), ALLOWED) for fd in OWN),
    ("read", (3,), REFUSED),
    ("read", (0x7_0000_0003,), REFUSED),
    *((name, (7,), REFUSED) for name in ("readv", "preadv2", "recvfrom", "recvmsg", "recvmmsg")),
    ("getsockopt", (3, 6, 11), ALLOWED),
    ("getsockopt", (3, 6, 35), REFUSED),
    ("setsockopt", (3,), REFUSED),
]
NETWORKED = {"socket", "connect"}
ONE_WAY = {"read", "write", "sendmsg", "recvmsg"}
TABLES = {
    Role.HOUSE: HOUSE_TABLE,
    Role.SENSES: CLOSED_TABLE,
    Role.MOUTH: CLOSED_TABLE,
    Role.EYE: [*(row for row in CLOSED_TABLE if row[0] not in NETWORKED), *EYE_TABLE],
    Role.BOOTH: [*CLOSED_TABLE, *BOOTH_TABLE],
    Role.RELAY: [*(row for row in CLOSED_TABLE if row[0] not in NETWORKED), *RELAY_TABLE],
    Role.INLET: [*(row for row in CLOSED_TABLE if row[0] not in ONE_WAY), *INLET_TABLE],
    Role.OUTLET: [*(row for row in CLOSED_TABLE if row[0] not in ONE_WAY), *OUTLET_TABLE],
}
COMMON_TABLE = [
    ("clone", (THREAD_FLAGS,), ALLOWED),
    ("clone", (THREAD_FLAGS | NEW_USER,), REFUSED),
    ("clone", (THREAD_FLAGS | NEW_NETWORK,), REFUSED),
    ("clone", (FORK_FLAGS,), REFUSED),
    ("clone3", (), UNKNOWN),
    ("openat2", (), UNKNOWN),
    ("prctl", (4, 1), REFUSED),
    ("prctl", (15, 0), ALLOWED),
    ("ioctl", (0, 0x5412), REFUSED),
    ("ioctl", (0, 0x541B), ALLOWED),
    # The kernel looks at 32 bits of these; a filter that looked at 64 would let this pass.
    ("ioctl", (0, 0x1_0000_5412), REFUSED),
    *((name, (), REFUSED) for name in ("io_uring_setup", "ptrace", "pidfd_getfd", "bpf")),
    *((name, (), REFUSED) for name in ("execve", "execveat", "unshare", "mount", "keyctl")),
]


def verdict(role: Role, machine: Machine, name: str, arguments: tuple[int, ...]) -> Verdict | None:
    number = NUMBERS[name].on(machine)
    if number is None:
        return None
    return judged(PROGRAMS[role, machine], data(number, machine.value, arguments))


@pytest.mark.parametrize("machine", list(Machine))
@pytest.mark.parametrize("role", list(Role))
def test_verdicts(role: Role, machine: Machine) -> None:
    for name, arguments, expected in (*TABLES[role], *COMMON_TABLE):
        assert verdict(role, machine, name, arguments) is expected, (name, arguments)


ARGUMENT = st.one_of(
    st.integers(0, 40),
    st.sampled_from([0x5412, 0x541C, 0x40086602, PID, THREAD_FLAGS, FORK_FLAGS, NEW_USER, 262]),
    st.integers(0, 2**64 - 1),
)


@given(
    st.sampled_from(list(Role)),
    st.sampled_from([name for name, n in NUMBERS.items() if None not in {n.x86_64, n.aarch64}]),
    st.lists(ARGUMENT, min_size=6, max_size=6),
)
def test_both_machines_judge_alike(role: Role, name: str, arguments: list[int]) -> None:
    one, other = (verdict(role, machine, name, tuple(arguments)) for machine in Machine)
    assert one is other


@given(
    st.sampled_from(list(PROGRAMS)),
    st.one_of(st.integers(NEWEST + 1, 2**32 - 1), st.sampled_from([0x4000_0029, 0x4000_0000])),
)
def test_calls_that_nobody_has_judged_are_unknown(key: tuple[Role, Machine], number: int) -> None:
    """Newer ones, and those of x32, which carry a high bit."""
    assert judged(PROGRAMS[key], data(number, key[1].value)) is UNKNOWN


@given(st.sampled_from(list(PROGRAMS)), st.integers(0, 2**32 - 1), st.integers(0, 500))
def test_other_architectures_kill(key: tuple[Role, Machine], other: int, number: int) -> None:
    expected = judged(PROGRAMS[key], data(number, other)) is KILLED
    assert expected == (other != key[1].value)


def test_programs_fit_the_kernel() -> None:
    assert all(len(program) < 4096 for program in PROGRAMS.values())
    assert Verdict.REFUSED.value & 0xFFFF == errno.EPERM
