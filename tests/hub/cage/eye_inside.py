"""A stand-in for the eye, as a process: `... OUT RELAY AROUND TASK [ARGUMENT ...]`.

RELAY: its end of the pair of streams. Isolated before FFmpeg is loaded, sealed before it connects.
"""

import importlib
import io
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from hub.cage.closing import closed
from hub.cage.gate import PORT, hand_over
from hub.cage.rules import Role
from hub.cage.seal import isolate, seal
from tests.hub.cage.inside import surround

Report = dict[str, object]


def watch(protocol: str) -> Report:
    """Decodes what the camera shows."""
    av, camera = map(importlib.import_module, ("av", "tests.hub.cage.camera"))
    for _ in av.open(io.BytesIO(camera.film(2))).decode(video=0):
        pass  # PyAV loads some of its modules only now
    level = closed(Role.EYE)
    where = f"{protocol}://127.0.0.1:{PORT}{'' if protocol == 'tcp' else '/stream'}"
    options = {"rtsp_transport": "tcp"} if protocol == "rtsp" else {}
    kind = "mpegts" if protocol == "tcp" else None
    with av.open(where, format=kind, options=options, timeout=10) as film:
        seen = [float(p.to_ndarray(format="gray").mean()) for p in film.decode(video=0)]
    return {"level": level, "pictures": len(seen), "first": seen[0], "last": seen[-1]}


def push(total: str) -> Report:
    """Sends so many bytes towards the camera, over as many connections as it gets in 5 s."""
    seal(Role.EYE)
    sent, until = 0, time.monotonic() + 5
    while sent < int(total) and time.monotonic() < until:
        with suppress(OSError), socket.socket() as line:
            line.settimeout(1)
            line.connect(("127.0.0.1", PORT))
            while sent < int(total):
                sent += line.send(bytes(60_000))
    return {"sent": sent}


def roam(*places: str) -> Report:
    """Which of these ADDRESS/PORT it reaches by TCP, and whether by UDP."""
    importlib.import_module("encodings.idna")  # for names, while it can be loaded
    seal(Role.EYE)
    return reach(*places)


def reach(*places: str) -> Report:
    ends = [(host, int(port)) for host, _, port in (place.partition("/") for place in places)]
    return {
        "tcp": [host for host, port in ends if _reaches(host, port, socket.SOCK_STREAM)],
        "udp": [host for host, port in ends if _reaches(host, port, socket.SOCK_DGRAM)],
        "names": _resolves(),
    }


def _reaches(host: str, port: int, kind: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, kind) as line:
            line.settimeout(2)
            line.connect((host, port))
            line.send(b"leak")
    except OSError:
        return False
    return True


def _resolves() -> bool:
    try:
        socket.getaddrinfo("localhost", 80)
    except OSError:
        return False
    return True


TASKS: Mapping[str, Callable[..., Report]] = {task.__name__: task for task in (watch, push, roam)}

if __name__ == "__main__":
    out, relay, around, name, *arguments = sys.argv[1:]
    surround(around)
    isolate(Role.EYE)
    hand_over(int(relay))
    os.write(int(out), json.dumps(TASKS[name](*arguments)).encode() + b"\n")
