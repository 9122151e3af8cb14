"""`satellites:` in the settings file."""

from typing import Annotated

from pydantic import Field

from hub.section import Name, Section

MOST_SATELLITES = 32


class SatelliteSection(Section):
    """A microphone and loudspeaker in another room that speaks Wyoming, such as
    wyoming-satellite. Its sound crosses the local network as the protocol sends it: in the clear.
    """

    host: Annotated[str, Field(min_length=1, max_length=253)]
    """Its address, or its name in the network."""
    port: Annotated[int, Field(ge=1, le=65_535)] = 10700
    """Where it listens for the hub."""
    area: Name | None = None
    """The room it stands in."""
