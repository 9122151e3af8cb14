"""Where Home Assistant is, as a websocket address."""

from urllib.parse import urlsplit

from integrations.homeassistant.errors import BadAddress

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
