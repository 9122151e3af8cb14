"""Every packet on the wires, seen from the far ends, and the kernel's own count beside it.

The far ends, because a program in the house can send past whoever listens in the house, and
because the count of what arrived there tells whether the capture is complete.
"""

import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from hub.proof.enclosure import CannotProve, program
from hub.proof.network import Network, inside
from hub.proof.packets import ETHERNET_HEADER, Count, Packet, packets

_START = 5.0
_QUIET = 1.5
"""Seconds after which the last packet has been written: tcpdump is told of them once a second."""
_BUFFER = "16384"
"""KiB: what may come before tcpdump has its turn on a busy machine."""


class _Stats(msgspec.Struct, frozen=True):
    rx: Count


class _Link(msgspec.Struct, frozen=True):
    """A line of `ip -json -statistics link`."""

    ifname: str
    stats64: _Stats


@dataclass(frozen=True, slots=True)
class Tap:
    """A place where packets from the house arrive."""

    namespace: str
    interface: str


@dataclass(frozen=True, slots=True)
class Capture:
    """`files`: name of the interface -> its pcap file, which may still grow."""

    files: Mapping[str, Path]
    _taps: tuple[Tap, ...]
    _before: Mapping[str, Count]

    def packets(self) -> tuple[Packet, ...]:
        """All so far, wire by wire."""
        return tuple(p for file in self.files.values() for p in packets(file.read_bytes()))

    def received(self) -> Mapping[str, Count]:
        """What the kernel counted at each tap since the capture began."""
        time.sleep(_QUIET)
        return {
            tap.interface: _received(tap).since(self._before[tap.interface]) for tap in self._taps
        }


@contextmanager
def capturing(net: Network, folder: Path) -> Iterator[Capture]:
    """Raises CannotProve."""
    taps = (Tap(net.lan, "lan0"), Tap(net.inet, "wan0"), Tap(net.house, "lo"))
    files = {tap.interface: folder / f"{tap.interface}.pcap" for tap in taps}
    started = [_start(tap, files[tap.interface]) for tap in taps]
    try:
        yield Capture(files, taps, {tap.interface: _received(tap) for tap in taps})
    finally:
        for tcpdump in started:
            tcpdump.terminate()
            tcpdump.wait()


def _start(tap: Tap, file: Path) -> subprocess.Popen[bytes]:
    log = file.with_suffix(".log")
    listen = ("-i", tap.interface, "-U", "-B", _BUFFER, "-n", "-Z", "root", "-w", str(file))
    with log.open("wb") as stderr:
        started = subprocess.Popen(  # noqa: S603 - our own words
            [*inside(tap.namespace), program("tcpdump"), *listen], stderr=stderr
        )
    deadline = time.monotonic() + _START
    while b"listening on" not in log.read_bytes():
        if started.poll() is not None or time.monotonic() > deadline:
            raise CannotProve(f"tcpdump does not capture: {log.read_text().strip()}")
        time.sleep(0.02)
    return started


def _received(tap: Tap) -> Count:
    show = ("-json", "-statistics", "link", "show", tap.interface)
    said = subprocess.run(  # noqa: S603 - our own words
        [program("ip"), "-n", tap.namespace, *show], capture_output=True, check=True
    )
    [link] = msgspec.json.decode(said.stdout, type=list[_Link])
    count = link.stats64.rx
    # The loopback is counted without the header that its captured packets have.
    headers = ETHERNET_HEADER * count.packets if tap.interface == "lo" else 0
    return Count(count.packets, count.bytes + headers)
