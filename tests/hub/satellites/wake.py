"""Stands in for a wake word engine of wyoming-satellite: anything loud is the wake word. Raw 16 kHz
sound in, a name a line out.
"""

import sys

import numpy as np

_CHUNK = 2_048
_LOUD = 2_000

if __name__ == "__main__":
    while sound := sys.stdin.buffer.read(_CHUNK):
        if np.abs(np.frombuffer(sound, "<i2").astype(int)).max() > _LOUD:
            sys.stdout.write("loud\n")
            sys.stdout.flush()
