"""What the ledger writes down: with whom, how much, in which hour. Never what."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Literal

Protocol = Literal["tcp", "udp", "lookup"]
"""lookup: a name was asked of the system's resolver, which sends packets of its own."""
Way = Literal["to", "from"]
"""to: the house began it; from: somebody connected to a port of the house."""

SOMEWHERE = "an unknown address"
"""Of a socket that the kernel names no peer for."""


@dataclass(frozen=True, slots=True)
class Destination:
    """`address`: as digits, IPv4 also where the socket is an IPv6 one; for a lookup, and where no
    address was reached, the name. `port`: theirs, or (`from`) ours; 0 for a lookup.
    """

    address: str
    port: int
    protocol: Protocol = "tcp"
    way: Way = "to"

    @property
    def is_here(self) -> bool:
        """On this machine itself: nothing crosses a network."""
        try:
            return ip_address(self.address).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Traffic:
    """`connections`: that came to be; `messages`: datagrams sent, or names asked; bytes: payload of
    TCP, each once however often it was sent again; `unannounced`: connections and datagram sockets
    that were made past Python.
    """

    connections: int = 0
    messages: int = 0
    bytes_out: int = 0
    bytes_in: int = 0
    unannounced: int = 0

    def __add__(self, other: "Traffic") -> "Traffic":
        return Traffic(
            self.connections + other.connections,
            self.messages + other.messages,
            self.bytes_out + other.bytes_out,
            self.bytes_in + other.bytes_in,
            self.unannounced + other.unannounced,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """`hour`: hours since 1970 in UTC; `purpose`: "" where the settings do not name it."""

    hour: int
    destination: Destination
    purpose: str
    traffic: Traffic


def plain(address: str) -> str:
    """An IPv4 address that an IPv6 socket wrote in its own way, as digits and dots."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return str(mapped or known)
