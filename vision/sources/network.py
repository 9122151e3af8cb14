"""A camera in the network, as an eye reaches it: always the same address and port, its relay's."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit, urlunsplit

import av
from av.container import InputContainer

from vision.sources.stream import SILENT


def opener(
    url: str, username: str, password: str, relay: tuple[str, int], silent: float = SILENT
) -> Callable[[], InputContainer]:
    """`url`: the camera's own, rtsp:// or http://; `silent`: seconds that are waited for it."""
    parts = urlsplit(url)
    user = f"{quote(username, safe='')}:{quote(password, safe='')}@" if username else ""
    address = urlunsplit(parts._replace(netloc=f"{user}{relay[0]}:{relay[1]}"))
    options = {"rtsp_transport": "tcp"} if parts.scheme.startswith("rtsp") else {}

    def open_() -> InputContainer:
        return av.open(address, options=options, timeout=(silent, silent))

    return open_
