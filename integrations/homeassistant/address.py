"""Where Home Assistant is: the owner's address or the Supervisor, as a websocket address."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from integrations.homeassistant.errors import BadAddress

SUPERVISOR = "ws://supervisor/core/websocket"
SCHEMES = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}


def websocket_address(address: str) -> str:
    """`http://home.local:8123` as `ws://home.local:8123/api/websocket`; a websocket path stays.

    Raises BadAddress, which never repeats the address: one with a password in it may be wrong too.
    """
    try:
        parts = urlsplit(address.strip())
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddress("The address of Home Assistant has a broken host or port.") from error
    scheme = SCHEMES.get(parts.scheme)
    if scheme is None or not host:
        raise BadAddress(
            "The address of Home Assistant must look like http://homeassistant.local:8123."
        )
    if "@" in parts.netloc:
        raise BadAddress("The address of Home Assistant must hold no user or password.")
    path = parts.path.rstrip("/")
    if not path.endswith("/websocket"):
        path += "/api/websocket"
    return f"{scheme}://{parts.netloc}{path}"


def supervisor(environ: Mapping[str, str]) -> tuple[str, str] | None:
    """Address and token inside a Home Assistant app; None when there is no Supervisor."""
    token = environ.get("SUPERVISOR_TOKEN")
    return (SUPERVISOR, token) if token else None
