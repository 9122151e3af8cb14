"""An eye that was taken over by its camera's stream: closed like ours (`sealed`) or not (`open`).

`python -m hub.proof.hostile_eye sealed|open --settings FD --relay FD --up FD --down FD --parent
PID`. It tries every way out that a hostile senses knows, and tells the house pictures in every word
that it has. What it could send to its camera, tests/hub/cage/test_eye.py measures.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from hub.cage.closing import closed
from hub.cage.gate import hand_over
from hub.cage.rules import Role
from hub.cage.seal import isolate
from hub.eyes.messages import Crossing, EyeHealth, FromEye, Outline, Place, Seen, Thing
from hub.messages import Closed, State
from hub.pipes import encode
from hub.process import prepare, quit_on_sigterm
from hub.proof.attempts import try_every
from hub.proof.contraband import BASE64, SOUND

_PACE = 0.002
_FOREVER = 3_600.0


def main() -> int:
    sealed = sys.argv.pop(1) == "sealed"
    if sealed:
        isolate(Role.EYE)
    parser = argparse.ArgumentParser()
    parser.add_argument("--settings", type=int, required=True)
    parser.add_argument("--relay", type=int, required=True)
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    folders = tuple(Path(os.environ[name]) for name in ("HOME", "XDG_RUNTIME_DIR"))
    os.set_blocking(args.up, True)
    if sealed:
        hand_over(args.relay)
        os.write(args.up, encode(Closed(source="eye.gate", level=closed(Role.EYE))))
    try_every(folders)
    os.write(args.up, b"\n")  # behind what the attempts left in the pipe
    for line in lines():
        os.write(args.up, line)
        time.sleep(_PACE)
    os.write(args.up, encode(State(source="eye.gate", state="blind", reason="It was tried.")))
    time.sleep(_FOREVER)  # one that ends would be started again
    return 0


def lines() -> Iterator[bytes]:
    """What an eye may say, with pieces of contraband in it; and what it may not."""
    yield SOUND.replace(b"\n", b"") + b"\n"
    for at in range(0, 4_000, 80):
        piece, number = BASE64[at : at + 80], int.from_bytes(SOUND[at : at + 6], "big")
        yield from map(encode, _said(piece, number))


def _said(piece: str, number: int) -> Iterator[FromEye]:
    """`piece` of text and `number` of a picture, wherever there is room for either."""
    name = "eye.gate"
    count = number % 50
    yield Seen(source=name, places=(Place(zone=piece, counts={"person": count}),))
    yield Seen(source=name, places=(Place(zone="picture", counts={piece[:30]: count}),))
    yield Seen(source=name, places=(Place(zone="picture", counts={"person": count}),))
    yield Seen(source=name, places=(), states={piece: piece})
    yield State(source=name, state="blind", reason=piece)
    yield Crossing(source=name, line=piece, label=piece, way="in")
    yield Thing(source=name, zone=piece, what="left")
    yield EyeHealth(source=name, frames=number, dropped=number, detections=number)
    yield Outline(source=name, width=160, height=90, bits=piece)


if __name__ == "__main__":
    sys.exit(main())
