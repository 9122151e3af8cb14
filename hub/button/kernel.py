"""What the kernel tells of input devices and lights; asking opens none of them."""

import fcntl
from collections.abc import Iterator
from pathlib import Path

import msgspec

from hub.button.keys import NotAButton, muting

_MOST_KEYS = 768
_BYTES = _MOST_KEYS // 8
_KEYS_OF = 2 << 30 | _BYTES << 16 | ord("E") << 8 | 0x20 + 1
"""EVIOCGBIT(EV_KEY, _BYTES), linux/input.h."""
_WORD = 64


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """`name`: as the kernel tells it. `refused`: why it is no button, else empty."""

    name: str
    file: str
    refused: str


def inputs(root: Path = Path("/")) -> Iterator[Input]:
    """Every input device with a key, by the number of its file."""
    folders = (root / "sys/class/input").glob("event[0-9]*")
    for folder in sorted(folders, key=lambda each: (len(each.name), each.name)):
        try:
            name = (folder / "device/name").read_text("utf-8", "replace").strip()
            keys = bits(_number((folder / "device/capabilities/key").read_text("ascii", "replace")))
        except (OSError, ValueError):
            continue  # unplugged meanwhile
        if keys:
            file = root / "dev/input" / folder.name
            yield Input(name=name, file=str(file), refused=_refused(keys))


def lights(root: Path = Path("/")) -> tuple[str, ...]:
    """Their names."""
    return tuple(sorted(each.name for each in (root / "sys/class/leds").glob("*")))


def keys_of(fd: int) -> frozenset[int]:
    """Of a device that is open: what it has, whatever its name says. Raises OSError."""
    told = bytearray(_BYTES)
    fcntl.ioctl(fd, _KEYS_OF, told)
    return bits(int.from_bytes(told, "little"))


def bits(number: int) -> frozenset[int]:
    return frozenset(at for at in range(_MOST_KEYS) if number >> at & 1)


def _refused(keys: frozenset[int]) -> str:
    try:
        muting(keys)
    except NotAButton as why:
        return str(why)
    return ""


def _number(words: str) -> int:
    """Of /sys: hexadecimal words of 64 bits, the highest first. Raises ValueError."""
    number = 0
    for word in words.split():
        number = number << _WORD | int(word, 16)
    return number
