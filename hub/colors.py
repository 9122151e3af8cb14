"""The colour names of home-assistant-intents as red, green, blue 0..255 (CSS values). Pure."""

from collections.abc import Mapping
from types import MappingProxyType

Rgb = tuple[int, int, int]

COLORS: Mapping[str, Rgb] = MappingProxyType(
    {
        "white": (255, 255, 255),
        "black": (0, 0, 0),
        "red": (255, 0, 0),
        "orange": (255, 165, 0),
        "yellow": (255, 255, 0),
        "green": (0, 128, 0),
        "blue": (0, 0, 255),
        "purple": (128, 0, 128),
        "brown": (165, 42, 42),
        "pink": (255, 192, 203),
        "turquoise": (64, 224, 208),
    }
)
