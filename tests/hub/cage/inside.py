"""What the tests try inside a seal, in a process of its own: a seal can never be lifted.

    python -m tests.hub.cage.inside OUT LEVEL ROLE TASK [ARGUMENT ...]

Each report is one JSON line to descriptor OUT. LEVEL is the best that the system around allows: the
filter of a container without user namespaces, the kernel of a Raspberry Pi without Landlock; or the
one wall that it allows.
"""

import json
import os
import socket
import sys
import threading
from collections.abc import Callable, Mapping

from hub.cage.bpf import Rule, Verdict, compiled, has_any, lacks
from hub.cage.escapes import forbidden, succeeds, try_all
from hub.cage.rules import Role
from hub.cage.seal import Sealed, isolate, seal
from hub.cage.seccomp import install
from hub.cage.syscalls import machine
from tests.hub.cage import machine_code

NO_LANDLOCK = Rule(("landlock_create_ruleset",), Verdict.UNKNOWN)
NO_NAMESPACES = Rule(("unshare",), Verdict.REFUSED, (has_any(0, 0x7E02_0000),))
NO_SECCOMP = Rule(("seccomp",), Verdict.REFUSED)
AROUND: Mapping[str, tuple[Rule, ...]] = {
    "A": (),
    "B": (NO_LANDLOCK,),
    "C": (NO_LANDLOCK, NO_NAMESPACES),
    "none": (NO_LANDLOCK, NO_NAMESPACES, NO_SECCOMP),
    "namespace": (NO_LANDLOCK, NO_SECCOMP),
    "landlock": (NO_NAMESPACES, NO_SECCOMP),
    "user": (Rule(("unshare",), Verdict.REFUSED, (lacks(0, 0x1000_0000),)),),
}
"""`user`: namespaces only inside a user namespace, as for anyone but root."""

Report = Callable[..., None]


def surround(level: str) -> None:
    if AROUND[level]:
        install(compiled(AROUND[level], machine()))


def facts(sealed: Sealed) -> dict[str, object]:
    return {
        "level": sealed.level,
        "missing": sealed.missing,
        "text": str(sealed),
        "threads": sealed.facts.threads,
        "seccomp": sealed.facts.seccomp,
        "capabilities": sealed.facts.capabilities,
        "network": sealed.facts.network,
    }


def escapes(role: Role, report: Report) -> None:
    isolate(role)
    sealed = seal(role, only=(int(sys.argv[1]),))
    report(**facts(sealed), escaped=[escape.name for escape in try_all(role)])


def unsealed(role: Role, report: Report) -> None:
    report(held=[name for name, attempt in forbidden(role).items() if not succeeds(attempt)])


def threads(role: Role, report: Report) -> None:
    """Threads that already run try it after the seal."""
    isolate(role)
    closed, results = threading.Event(), []

    def worker() -> None:
        closed.wait()
        results.append([name for name, attempt in forbidden(role).items() if succeeds(attempt)])

    workers = [threading.Thread(target=worker) for _ in range(3)]
    for each in workers:
        each.start()
    sealed = seal(role)
    closed.set()
    for each in workers:
        each.join()
    report(**facts(sealed), escaped=results)


def late(role: Role, report: Report) -> None:
    """Isolated with a thread that already runs."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    isolate(role)
    report(**facts(seal(role)))
    done.set()


def never_isolated(role: Role, report: Report) -> None:
    report(**facts(seal(role)))


def holding(role: Role, report: Report, what: str) -> None:
    """A descriptor is open that leads out."""
    held = _held(what)
    isolate(role)
    report(**facts(seal(role)), held=bool(held))


def _held(what: str) -> object:
    match what:
        case "udp":
            return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        case "journal":
            return socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        case "file":
            return os.open(os.environ["HELD"], os.O_WRONLY | os.O_CREAT)
        case "port":
            return socket.create_server(("127.0.0.1", 0))
        case "two ports":
            return [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
        case "connection":
            port = socket.create_server(("127.0.0.1", 0))
            line = socket.create_connection(port.getsockname())
            return port, line, port.accept()
        case "memory":
            return os.open(f"/proc/{os.getppid()}/mem", os.O_RDONLY)
        case _:
            return os.memfd_create("sound"), socket.socketpair()


def turned(role: Role, report: Report, *address: str) -> None:
    """Its port, shut down, to be connected to this address instead, or listened at anew."""
    port = socket.create_server(("127.0.0.1", 0))
    isolate(role)
    level = seal(role).level
    port.shutdown(socket.SHUT_RD)
    place = (address[0], int(address[1]))
    ways: tuple[Callable[[], object], ...] = (
        lambda: port.connect(place),
        lambda: port.sendto(b"leak", socket.MSG_FASTOPEN, place),
        lambda: port.sendmsg([b"leak"], [], socket.MSG_FASTOPEN, place),
        port.listen,
    )
    report(level=level, worked=[number for number, way in enumerate(ways) if succeeds(way)])


def speaks(role: Role, report: Report) -> None:
    """Standard output and error after the seal."""
    isolate(role)
    seal(role)
    os.write(1, b"leak")
    os.write(2, b"leak")
    report(done=True)


def old_calls(role: Role, report: Report) -> None:
    """A socket by the calls of a 32-bit PC, which a filter that forgets the machine lets pass."""
    if role is Role.SENSES:
        isolate(role)
        seal(role)
    report(socket=machine_code.i386_socket())


def main(words: list[str]) -> None:
    out, level, role, task, *arguments = words

    def report(**values: object) -> None:
        os.write(int(out), json.dumps(values).encode() + b"\n")

    surround(level)
    TASKS[task](Role(role), report, *arguments)


TASKS: Mapping[str, Callable[..., None]] = {
    task.__name__: task
    for task in (
        *(escapes, unsealed, threads, late, never_isolated),
        *(holding, turned, speaks, old_calls),
    )
}

if __name__ == "__main__":
    main(sys.argv[1:])
