"""What every payload over MQTT is made of: its base, its bounded texts and numbers."""

from typing import Annotated, Literal

import msgspec

NAME_LIMIT = 80
Name = Annotated[str, msgspec.Meta(max_length=NAME_LIMIT)]
LINE_LIMIT = 200
Line = Annotated[str, msgspec.Meta(max_length=LINE_LIMIT)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Time = Annotated[float, msgspec.Meta(ge=0.0)]
SlotValue = Name | int | float


class Payload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    v: Literal[1] = 1


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something inside a payload."""
