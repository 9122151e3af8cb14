"""A process that runs a model, with telemetry left on: without a wall it is seen calling out.

`python -m hub.proof.calling_out open|sealed`; before it `talkative`, since onnxruntime must not be
imported before its switch is gone, nor before the process is isolated. Our own senses would not
listen in this state: its seal notices the files that telemetry keeps open. Here only the walls are
tried, so nobody minds.
"""

import sys
import time

import numpy as np

from audio.vad import silero
from hub.cage.rules import Role
from hub.cage.seal import seal
from hub.shelf.shelf import open_shelf

_LIFE = 60.0
_PAUSE = 0.1
"""Seconds: it lives longer than anybody watches, at little work."""


def main() -> None:
    options = silero.Options()
    engine = silero.Engine(options, open_shelf().load(silero.files(options)))
    silence = np.zeros(engine.hop, np.int16)
    if sys.argv[1] == "sealed":
        seal(Role.SENSES)
    end = time.monotonic() + _LIFE
    while time.monotonic() < end:
        engine.score(silence)
        time.sleep(_PAUSE)


if __name__ == "__main__":
    main()
