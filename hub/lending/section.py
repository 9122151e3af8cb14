"""The settings of what is lent by Wyoming; the process itself gets them as `settings`."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from hub.section import Section


class Speech(Section):
    """Ears and voice, lent to those who bring their own sound, in a process of its own."""

    port: Annotated[int, Field(ge=1, le=65_535)] = 10701
    """Where it listens; not `wyoming.port`."""
    listen: str = "127.0.0.1"
    """Address at which it listens. The protocol knows no password: whoever reaches it has it."""
    asr: bool = True
    """Whether sound is written down."""
    tts: bool = True
    """Whether text is spoken."""
    wake: bool = True
    """Whether wake words are found in a stream of sound."""

    @model_validator(mode="after")
    def _lends(self) -> Self:
        if not (self.asr or self.tts or self.wake):
            raise PydanticCustomError("nothing", "lend one of asr, tts and wake, or leave it out")
        return self
