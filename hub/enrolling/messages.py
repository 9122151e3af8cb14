"""What the process that takes faces says to the command line that started it, and nobody else."""

from typing import Annotated

import msgspec

from hub.enrolling.taking import Why
from hub.fields import Reason
from hub.messages import Message

Numbers = Annotated[bytes, msgspec.Meta(min_length=4, max_length=2_048)]


class Taken(Message, frozen=True, kw_only=True, tag="taken"):
    """`embedding`: float32, little endian."""

    embedding: Numbers

    def __repr__(self) -> str:
        return "Taken()"


class Missed(Message, frozen=True, kw_only=True, tag="missed"):
    """A picture showed no face that could be taken."""

    why: Why


class Failed(Message, frozen=True, kw_only=True, tag="failed"):
    reason: Reason


FromTaking = Taken | Missed | Failed
