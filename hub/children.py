"""One process of the family: how it is started, watched, and when it is tried again."""

import math
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

Name = str
"""senses, mouth, house, booth, and of each camera eye.KEY and relay.KEY."""
Program = tuple[str, ...]
"""What is run, before the arguments that the launcher adds."""
NOT_READY = 3
"""Exit status of a process whose microphone, speaker or model is missing, busy or broken."""
PATIENCE = 1.2
"""Seconds that a process gets to end by itself; then it is killed."""
_STEADY = 60.0
"""Seconds of life after which earlier crashes are forgotten."""
_LONGEST_WAIT = 30.0
_LONGEST_DEVICE_WAIT = 15.0


@dataclass(slots=True)
class Child:
    """`up` and `down`: the ends of its two pipes that it inherits; they outlive it."""

    name: Name
    program: Program
    arguments: tuple[str, ...]
    up: int
    down: int
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    restarts: int = 0
    retry_at: float | None = None
    expected: bool = field(default=False)
    """It was told to end."""
    killed_at: float | None = None
    """When it is killed, for it was told to end: one that hangs or was taken over does not obey."""
    may_finish: bool = False
    """It ends by itself, with status 0, when its work is done."""

    def start(self, now: float, extra_fds: tuple[int, ...] = ()) -> int:
        """Start it; gives a descriptor that becomes readable when it ends."""
        self.process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [
                *self.program,
                *(f"--up={self.up}", f"--down={self.down}", f"--parent={os.getpid()}"),
                *self.arguments,
            ],
            pass_fds=(self.up, self.down, *extra_fds),
            stdin=subprocess.DEVNULL,
        )
        self.started, self.retry_at, self.expected = now, None, False
        self.killed_at = None
        return os.pidfd_open(self.process.pid)

    def ended(self, now: float) -> int:
        """Take note of its end and plan the next start; gives its exit status."""
        assert self.process is not None
        status = self.process.wait()
        self.process = self.killed_at = None
        if now - self.started > _STEADY:
            self.failures = 0
        finished = self.may_finish and status == 0
        failed = not (self.expected or finished)
        self.failures = self.failures + 1 if failed else 0
        self.restarts += failed and status != NOT_READY
        self.retry_at = now if self.expected else now + wait_before(self.failures, status)
        return status

    def stop(self) -> None:
        self.expected = True
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.killed_at = min(self.killed_at or math.inf, time.monotonic() + PATIENCE)

    def insist(self, now: float) -> None:
        """Kill it where it has been told to end and did not."""
        if self.process is not None and self.killed_at is not None and now >= self.killed_at:
            self.process.kill()
            self.killed_at = None

    def wait(self, patience: float) -> None:
        """Wait for its end, `patience` seconds at most; then it is killed."""
        assert self.process is not None
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def caged(role: str) -> Program:
    """Our own process of this role, isolated before it loads anything."""
    return sys.executable, "-m", "hub.cage", role


def wait_before(failures: int, status: int) -> float:
    """Seconds until the next try: at once after a first crash, then 1, 2, 4 ... 30.

    For a device that is not there 2, 4, 8, 15: looking for it costs a third of a second.
    """
    if status == NOT_READY:
        return min(_LONGEST_DEVICE_WAIT, 2.0**failures)
    return 0.0 if failures <= 1 else min(_LONGEST_WAIT, 2.0 ** (failures - 2))
