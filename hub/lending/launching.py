"""The booth as the launcher keeps it: at each start it is handed its port, for it can open none."""

import os
import socket
from collections.abc import Callable, Mapping

from hub.children import Child, Name, Program, caged
from hub.fields import REASON_LIMIT
from hub.lending.settings import BoothSettings
from hub.messages import State
from hub.pipes import Writer
from hub.settings import encode

_AGAIN = 15.0
"""Seconds until a port that could not be had is tried again."""


class Booth:
    """`house_end`: where the house reads what it says."""

    def __init__(self, settings: BoothSettings, programs: Mapping[Name, Program]) -> None:
        self._settings = settings
        self.house_end, up = os.pipe()
        down, _ = os.pipe()  # nobody has anything to tell it
        program = programs.get("booth") or caged("booth")
        self.child = Child("booth", program, (), up, down)

    def start(self, now: float, started: Callable[[Child, int], None]) -> None:
        """`started` is told it, and a descriptor that becomes readable when it ends."""
        place = (self._settings.listen, self._settings.port)
        family = socket.AF_INET6 if ":" in self._settings.listen else socket.AF_INET
        try:
            port = socket.create_server(place, family=family)
        except OSError as error:
            self._complain(error, now)
            return
        with port:
            self.child.arguments = (encode(self._settings), f"--port={port.fileno()}")
            started(self.child, self.child.start(now, (port.fileno(),)))

    def _complain(self, error: OSError, now: float) -> None:
        """In words that the house knows: numbers would be taken for a code."""
        reason = f"wyoming.speech cannot listen there: {os.strerror(error.errno or 0)}."
        told = State(source="booth", state="deaf", reason=reason[:REASON_LIMIT])
        Writer(self.child.up).send(told)
        self.child.retry_at = now + _AGAIN
