"""What the fields of messages may hold: sizes, ranges and the few words that are fixed."""

from typing import Annotated, Literal

import msgspec

UP_LIMIT = 4_096
DOWN_LIMIT = 1_000_000
"""Bytes of a line."""

Name = Annotated[str, msgspec.Meta(max_length=80)]
REASON_LIMIT, WORDS_LIMIT, SLOT_LIMIT = 300, 200, 80
"""Characters."""
MOST_WISHES = 6
"""In one sentence."""
MOST_TALLIED = 64
MOST_CAMERAS = 32
LOUDNESS = 6
"""Steps, from silence to loud."""
Reason = Annotated[str, msgspec.Meta(max_length=REASON_LIMIT)]
Text = Annotated[str, msgspec.Meta(max_length=1_000)]
Words = Annotated[str, msgspec.Meta(max_length=WORDS_LIMIT)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
ProcessName = Annotated[
    str,
    msgspec.Meta(pattern=r"^(senses|mouth|booth|house|(eye|relay|inlet|outlet)\.[a-z0-9_]{1,32})$"),
]
"""An eye and its relay are called after their camera, an inlet and its outlet after their
satellite."""
MICROPHONE = "microphone"
"""The ear, and in the other direction the loudspeaker, that is the hub's own."""
SATELLITE = "satellite."
"""Begins the name of every other, its key behind it."""
Tally = Annotated[int, msgspec.Meta(ge=0, le=MOST_TALLIED)]
Device = Literal["microphone", "loudspeaker"]
Earcon = Literal["wake", "not_understood", "attention"]
Well = Literal["starting", "ready", "idle", "listening", "processing", "speaking", "watching"]
Condition = Well | Literal["deaf", "blind"]
SlotValue = Annotated[str, msgspec.Meta(max_length=SLOT_LIMIT)] | int | float
