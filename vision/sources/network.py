"""A camera in the network: RTSP inside one TCP connection, or HTTP. It is told whole where."""

from collections.abc import Callable

import av
from av.container import InputContainer

from vision.sources.stream import SILENT


def opener(address: str, silent: float = SILENT) -> Callable[[], InputContainer]:
    """`address`: rtsp:// or http://, with user and password; `silent`: seconds waited for it."""
    options = {"rtsp_transport": "tcp"} if address.startswith("rtsp") else {}

    def open_() -> InputContainer:
        return av.open(address, "r", options=options, timeout=(silent, silent))

    return open_
