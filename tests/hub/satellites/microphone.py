"""Stands in for a sound card: `python microphone.py FILE` gives raw 16 kHz sound paced like life,
`python microphone.py --play FILE` writes down what is played.
"""

import sys
import time
from pathlib import Path

_CHUNK = 2_048
_BYTES_A_SECOND = 32_000


def heard(file: Path) -> None:
    sound, sent, started = file.read_bytes(), 0, time.monotonic()
    while True:
        sys.stdout.buffer.write(sound[sent : sent + _CHUNK].ljust(_CHUNK, b"\0"))
        sys.stdout.buffer.flush()
        sent += _CHUNK
        time.sleep(max(0.0, started + sent / _BYTES_A_SECOND - time.monotonic()))


def played(file: Path) -> None:
    with file.open("ab", buffering=0) as kept:
        while sound := sys.stdin.buffer.read(_CHUNK):
            kept.write(sound)


if __name__ == "__main__":
    *what, name = sys.argv[1:]
    (played if what else heard)(Path(name))
