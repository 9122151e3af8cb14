"""What the booth says to the house: how it is closed, and how much it did. Never what was said.

The same rules as in hub.messages, which this belongs to.
"""

from typing import Annotated

import msgspec

from hub.fields import Name
from hub.messages import Closed, Message, State

Count = Annotated[int, msgspec.Meta(ge=0)]


class Lent(Message, frozen=True, kw_only=True, tag="lent"):
    """Since the booth started: connections; utterances written down, texts spoken, wake words
    found for others; bytes by the kernel's own count.
    """

    source: Name = "booth"
    connections: Count = 0
    written: Count = 0
    spoken: Count = 0
    woken: Count = 0
    bytes_in: Count = 0
    bytes_out: Count = 0


FromBooth = State | Closed | Lent
