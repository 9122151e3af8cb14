"""A machine's input devices and lights: files as /sys has them, and a pipe for each device, into
which a test writes what the kernel would.
"""

import os
from collections.abc import Set as AbstractSet
from pathlib import Path

from hub.button.presses import EVENT, KEY

MUTE_KEY = 248
KEYBOARD = frozenset(range(1, 120))


class Machine:
    """`root`: under which its /dev and /sys lie."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._clock = 1_000.0
        self._ends: dict[str, int] = {}
        for folder in ("dev/input/by-path", "sys/class/input", "sys/class/leds"):
            (root / folder).mkdir(parents=True)

    def plug(self, event: str, name: str, keys: AbstractSet[int] = frozenset({MUTE_KEY})) -> Path:
        """Its file in /dev."""
        folder = self.root / "sys/class/input" / event / "device"
        (folder / "capabilities").mkdir(parents=True)
        (folder / "name").write_text(f"{name}\n")
        (folder / "capabilities/key").write_text(f"{in_words(keys)}\n")
        file = self.root / "dev/input" / event
        os.mkfifo(file)
        self._ends[event] = os.open(file, os.O_RDWR)
        return file

    def unplug(self, event: str) -> None:
        """Whoever reads it finds its end, as of a pipe: a device's is an error."""
        (self.root / "dev/input" / event).unlink()
        folder = self.root / "sys/class/input" / event / "device"
        for file in ("name", "capabilities/key"):
            (folder / file).unlink()
        for each in (folder / "capabilities", folder, folder.parent):
            each.rmdir()
        os.close(self._ends.pop(event))

    def press(self, event: str, key: int = MUTE_KEY, after: float = 1.0) -> None:
        """`after`: seconds since the last press, by the kernel's clock."""
        self._clock += after
        told = (record(self._clock, key, value) for value in (1, 2, 2, 0))
        os.write(self._ends[event], b"".join(told))

    def light(self, name: str, brightest: str = "255") -> Path:
        """The file that says how bright it is; something else had lit it."""
        folder = self.root / "sys/class/leds" / name
        folder.mkdir()
        (folder / "max_brightness").write_text(f"{brightest}\n")
        (folder / "brightness").write_text("7\n")
        return folder / "brightness"

    def close(self) -> None:
        for end in self._ends.values():
            os.close(end)


def record(at: float, code: int, value: int, kind: int = KEY) -> bytes:
    """A struct input_event at `at` seconds."""
    return EVENT.pack(int(at), int(at % 1 * 1e6), kind, code, value)


def in_words(keys: AbstractSet[int]) -> str:
    """As /sys writes a bitmap: 64 bits a word, the highest first."""
    number = sum(1 << key for key in keys)
    words = []
    while number:
        words.append(f"{number & (1 << 64) - 1:x}")
        number >>= 64
    return " ".join(reversed(words)) or "0"


def keys_of(fd: int) -> frozenset[int]:
    """Stands in for the ioctl: the keys of a device as a file beside it tells, else a button's."""
    told = Path(f"/proc/self/fd/{fd}").readlink().with_suffix(".keys")
    if not told.exists():
        return frozenset({MUTE_KEY})
    return frozenset(map(int, told.read_text().split()))
