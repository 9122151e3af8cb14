"""`button:` in the settings file."""

from typing import Annotated

from pydantic import Field

from hub.section import Name, Section


class ButtonSection(Section):
    """A button on this machine that mutes the hub, and a light that tells that it is muted."""

    mute: Name | None = None
    """Name of the button, as `inglenook devices` prints it (button@11), or its path under
    /dev/input/by-path."""
    light: Annotated[str, Field(pattern=r"^[^/\s.][^/\s]{0,63}$")] | None = None
    """A light in /sys/class/leds that is lit while the hub is muted and nothing can hear."""
