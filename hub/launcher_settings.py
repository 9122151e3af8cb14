"""What the launcher is given: the settings of every process that it starts."""

import msgspec

from hub.button.settings import ButtonSettings
from hub.eyes.settings import Camera
from hub.keep.settings import Recordings
from hub.lending.settings import BoothSettings
from hub.mute import By
from hub.satellites.settings import Satellite
from hub.settings import MouthSettings, SensesSettings

NOBODY = "nobody"
"""Had muted the hub when it was started anew."""


class LauncherSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`fallback`: without a microphone the recordings are played once. `house`: its arguments.
    `again`: the command that starts the hub anew; `muted`: where it was muted before that.
    """

    senses: SensesSettings
    mouth: MouthSettings
    house: tuple[str, ...]
    fallback: bool = False
    recordings: Recordings | None = None
    cameras: tuple[Camera, ...] = ()
    booth: BoothSettings | None = None
    satellites: tuple[Satellite, ...] = ()
    button: ButtonSettings = ButtonSettings()
    again: tuple[str, ...] = ()
    muted: By | None = None
