"""What is said and heard over MQTT of the simulated devices of a home. Pure."""

from typing import Annotated

import msgspec

from integrations.payload import Line, Name, Payload

Byte = Annotated[int, msgspec.Meta(ge=0, le=255)]
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Kelvin = Annotated[int, msgspec.Meta(ge=1_000, le=12_000)]
Celsius = Annotated[float, msgspec.Meta(ge=-50.0, le=150.0)]


class DeviceSet(Payload, frozen=True, kw_only=True):
    """What Home Assistant wants of a simulated device; names are those of its attributes."""

    state: Name | None = None
    brightness: Byte | None = None
    rgb_color: tuple[Byte, Byte, Byte] | None = None
    color_temp_kelvin: Kelvin | None = None
    current_position: Percent | None = None
    percentage: Percent | None = None
    temperature: Celsius | None = None


class DeviceState(Payload, frozen=True, kw_only=True):
    """A simulated device as it is; attributes as Home Assistant names them."""

    state: Name | None
    attributes: dict[Name, Line | bool | int | float | tuple[Line | int | float, ...] | None]
