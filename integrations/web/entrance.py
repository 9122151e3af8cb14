"""Who may speak to the page at all: told from a request's peer, its Host and its Origin. Pure."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors {framed}; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), display-capture=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "Inglenook",
}


@dataclass(frozen=True, slots=True)
class Entrance:
    """`only_peer`: the one address that may connect, which has signed its people in already;
    `names`: host names of this machine, beside its addresses.
    """

    only_peer: str | None = None
    names: frozenset[str] = frozenset({"localhost"})

    @property
    def headers(self) -> dict[str, str]:
        """Only Home Assistant may show the page inside its own, through its ingress."""
        framed = "'self'" if self.only_peer else "'none'"
        return {name: value.format(framed=framed) for name, value in HEADERS.items()}

    def lets_in(self, peer: str | None, host: str) -> bool:
        """A foreign name that leads here (DNS rebinding) is turned away; an address is none."""
        if self.only_peer is not None:
            return peer == self.only_peer
        name = _name(host)
        return name in self.names or _is_address(name)

    def is_ours(self, origin: str | None, site: str | None, host: str) -> bool:
        """Whether what is to be done was asked for by the page itself, as browsers tell."""
        if site not in (None, "same-origin"):
            return False
        # Behind ingress the browser's host is not ours; the token is what stands there.
        return origin is None or self.only_peer is not None or _place(origin) == host.lower()


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _place(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
