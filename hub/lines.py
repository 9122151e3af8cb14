"""Where the house writes to the other processes."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.eyes.messages import ToEye
from hub.messages import ToLauncher, ToSenses


@dataclass(frozen=True, slots=True)
class Lines:
    senses: Callable[[ToSenses], None]
    launcher: Callable[[ToLauncher], None]
    eye: Callable[[str, ToEye], None] = lambda _key, _message: None
