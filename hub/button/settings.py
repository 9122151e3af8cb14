"""What the launcher is told of the button and its light."""

from pathlib import Path

import msgspec


class ButtonSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`mute`: an input device's name or path; `light`: a name in /sys/class/leds. `root`: under
    which /dev and /sys lie.
    """

    mute: str | None = None
    light: str | None = None
    root: str = "/"

    @property
    def light_folder(self) -> Path | None:
        return Path(self.root, "sys/class/leds", self.light) if self.light is not None else None
