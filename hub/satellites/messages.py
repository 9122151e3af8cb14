"""What crosses between the two processes of a satellite and the house.

The same rules as in hub.messages, which this belongs to. A `source` is "inlet." or "outlet." and
the satellite's key.
"""

from typing import Annotated, Literal

import msgspec

from hub.fields import Name
from hub.messages import Closed, Message, Spoken, State

_Bytes = Annotated[int, msgspec.Meta(ge=0)]


class Cue(Message, frozen=True, kw_only=True, tag="cue"):
    """To an outlet: what its satellite shows or sounds by its own means. woken: the wake word was
    heard; over: the turn is, whatever came of it; hush: nothing more is said of what has the number
    `id`, or a lower one.
    """

    source: Name = "house"
    cue: Literal["woken", "over", "hush"]
    id: Annotated[int, msgspec.Meta(ge=0)] = 0


class Sent(Message, frozen=True, kw_only=True, tag="sent"):
    """From an outlet: bytes that went to its satellite since it was connected, by the kernel's
    count.
    """

    source: Name
    bytes_up: _Bytes = 0


FromSatellite = State | Closed | Spoken | Sent
ToSatellite = Cue
