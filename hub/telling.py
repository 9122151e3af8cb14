"""What the launcher tells the house."""

from typing import Literal

from hub.children import Child
from hub.keep.keeper import Recorded
from hub.messages import Mute, Process, Recording
from hub.mute import MuteSwitch
from hub.pipes import Writer


class Telling:
    """`fd`: the end of the pipe that it writes."""

    def __init__(self, fd: int) -> None:
        self._house = Writer(fd)

    def process(self, child: Child, state: Literal["running", "restarting"]) -> None:
        pid = child.process.pid if child.process is not None else 0
        self._house.send(Process(name=child.name, state=state, restarts=child.restarts, pid=pid))

    def recording(self, now: Recorded) -> None:
        self._house.send(Recording(until=now.until, kept=now.kept, lost=now.lost))

    def mute(self, switch: MuteSwitch, *, pressed: bool = False) -> None:
        """Nothing where it was never set."""
        if by := switch.by:
            mute = Mute(muted=switch.muted, by=by, presses=switch.presses, pressed=pressed)
            self._house.send(mute)
