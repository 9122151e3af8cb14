"""What the settings call a destination: "broker", "Home Assistant"; nothing for any other."""

import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

from hub.ledger.entries import Destination, plain

_ASK_AGAIN = 60.0
"""Seconds after which a name may have another address."""
_RESOLVERS = Path("/etc/resolv.conf")
_DNS = 53


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What the house was told to use. `host`: digits or a name; "" for whoever connects to this
    `port` of ours.
    """

    host: str
    port: int
    purpose: str


@dataclass(slots=True)
class Purposes:
    """Asks for a name's addresses only when something was reached at that name's port."""

    endpoints: tuple[Endpoint, ...]
    _addresses: dict[str, frozenset[str]] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def of(self, destination: Destination, now: float) -> str:
        """Does not wait: "" until a name's addresses are known, and for what nobody named.

        `now`: seconds.
        """
        for endpoint in self.endpoints:
            if _fits(endpoint, destination) and self._is(endpoint.host, destination, now):
                return endpoint.purpose
        return ""

    def _is(self, host: str, destination: Destination, now: float) -> bool:
        if destination.way == "from" or destination.address in (host, plain(host)):
            return True
        if destination.protocol == "lookup":
            return False
        if destination.address in self._addresses.get(host, ()):
            return True
        if _is_name(host) and abs(now - self._asked.get(host, -_ASK_AGAIN)) >= _ASK_AGAIN:
            self._asked[host] = now
            threading.Thread(target=self._ask, args=(host,), daemon=True).start()
        return False

    def _ask(self, host: str) -> None:
        """In a thread of its own: a resolver may take half a minute, also to say no."""
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):  # or a name that no network can have
            return
        known = self._addresses.get(host, frozenset())
        self._addresses[host] = known | {plain(str(address[0])) for *_, address in found}


def resolvers(settings: Path = _RESOLVERS) -> tuple[Endpoint, ...]:
    """The name servers of this system, with which its resolver talks; none where it has no file."""
    try:
        lines = settings.read_text(errors="replace").splitlines()
    except OSError:
        return ()
    words = (line.split() for line in lines)
    servers = [each[1] for each in words if len(each) > 1 and each[0] == "nameserver"]
    return tuple(Endpoint(server, _DNS, "name lookups") for server in servers)


def _fits(endpoint: Endpoint, destination: Destination) -> bool:
    if destination.protocol == "lookup":
        return bool(endpoint.host)
    outgoing = destination.way == "to"
    return endpoint.port == destination.port and bool(endpoint.host) == outgoing


def _is_name(host: str) -> bool:
    return any(letter.isalpha() for letter in host) and ":" not in host
