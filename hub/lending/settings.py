"""What the booth is given: which engines it lends, and where. No name of the home, no secret."""

import msgspec

from hub.settings import EngineChoice


class BoothSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`name`: of the hub. Engines that are None are not lent; `sensitivity` is that of the wake
    word, as in the settings.
    """

    name: str
    language: str
    listen: str
    port: int
    asr: EngineChoice | None
    vad: EngineChoice | None
    tts: EngineChoice | None
    wake: EngineChoice | None
    sensitivity: float
