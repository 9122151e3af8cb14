"""A senses that records, in a process of its own: `... KEEP OUT RECIPIENT SECONDS`.

Sealed as in life, it keeps one second of a rising sound and one of SECONDS; one JSON line to OUT.
"""

import json
import os
import sys
import time

from hub.cage.rules import Role
from hub.cage.seal import isolate, seal

if __name__ == "__main__":
    isolate(Role.SENSES)  # before the libraries below start threads

import numpy as np

from audio.frames import RATE
from audio.memory import sound_memory
from hub.cage.escapes import try_all
from hub.keep.journal import Journal
from hub.keep.owner import recipient
from hub.keep.recorder import Recorder


def main(keep: int, out: int, to: str, seconds: float) -> None:
    recorder = Recorder(recipient(to), Journal(keep))
    sealed = seal(Role.SENSES)
    escaped = [str(escape) for escape in try_all(Role.SENSES)]
    memory = sound_memory(round(seconds * RATE))
    recorder.keep(np.arange(RATE).astype(np.int16))
    began = time.perf_counter()
    recorder.keep(memory.pcm)
    report = {
        "level": sealed.level,
        "escaped": escaped,
        "locked": memory.locked,
        "took": time.perf_counter() - began,
    }
    os.write(out, json.dumps(report).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
