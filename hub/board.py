"""What a Raspberry Pi knows of itself: power, heat, how worn its storage is. Reads files only.

Meanings: the firmware's `get_throttled` (Raspberry Pi documentation, "vcgencmd"), whose low bits
are now and whose bits 16 up are since the start; JEDEC eMMC 5.1 for wear (SD cards tell none).
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

_THROTTLED = "sys/devices/platform/soc/soc:firmware/get_throttled"
_HEAT = "sys/class/thermal/thermal_zone0/temp"
_WEAR = "sys/block/{}/device/life_time"
_HOT = 80.0
"""Degrees Celsius: the firmware slows a Pi down from here on."""
_WORN = 8
"""Of 10: eighty per cent of what the maker promises are used."""
_UNDERVOLTED, _CAPPED, _SLOWED, _SOFT = 0x1, 0x2, 0x4, 0x8
_SINCE = 16


class Board(msgspec.Struct, frozen=True):
    """`celsius`: None where it is not told. `wear`: tenths of its life that storage has used."""

    model: str
    undervolted: bool = False
    undervolted_once: bool = False
    slowed: bool = False
    slowed_once: bool = False
    celsius: float | None = None
    wear: int | None = None

    def troubles(self) -> Iterator[tuple[str, str]]:
        """What is wrong, and what to do about it."""
        if self.undervolted or self.undervolted_once:
            when = "now" if self.undervolted else "since it was started"
            yield (
                f"too little voltage {when}",
                "Use the power supply made for this board, and a short cable.",
            )
        if self.slowed or self.slowed_once:
            when = "now" if self.slowed else "since it was started"
            yield f"slowed down {when}", "Give it a fan or a heat sink, or look for fewer cameras."
        elif self.celsius is not None and self.celsius >= _HOT:
            yield f"{self.celsius:.0f} degrees", "Give it a fan or a heat sink."
        if self.wear is not None and self.wear >= _WORN:
            yield f"storage {self.wear * 10} % worn", "Copy it to a new card or an SSD soon."


def board(root: Path = Path("/")) -> Board | None:
    """None where this is no Raspberry Pi."""
    model = _text(root / "sys/firmware/devicetree/base/model").strip("\0")
    if not model.startswith("Raspberry Pi"):
        return None
    bits = _number(_text(root / _THROTTLED), 16) or 0
    slowed = _CAPPED | _SLOWED | _SOFT
    heat = _number(_text(root / _HEAT), 10)
    return Board(
        model=model,
        undervolted=bool(bits & _UNDERVOLTED),
        undervolted_once=bool(bits >> _SINCE & _UNDERVOLTED),
        slowed=bool(bits & slowed),
        slowed_once=bool(bits >> _SINCE & slowed),
        celsius=None if heat is None else heat / 1000,
        wear=_wear(root),
    )


def _wear(root: Path) -> int | None:
    """Of the first storage that tells: "0x01 0x02" is 10 % of one kind, 20 % of another."""
    for name in ("mmcblk0", "mmcblk1"):
        words = _text(root / _WEAR.format(name)).split()
        tenths = [number for word in words if (number := _number(word, 16)) is not None]
        if tenths:
            return max(tenths)
    return None


def _number(text: str, base: int) -> int | None:
    try:
        return int(text, base)
    except ValueError:
        return None


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
