"""The first thing that the page shows: how the hub is, this moment."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from hub.build import Parts
from hub.config import Config
from hub.family import permission
from hub.mute import By
from hub.samples import can_play
from hub.status import Assist, EngineState
from integrations.wall_payloads import Level, RecordingState

Standing = Literal["connecting", "connected", "refused", "lost"]


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """`detail`: MQTT's version, or plain words why it is not connected."""

    standing: Standing
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ears:
    """As the settings have them: see Now."""

    hears: bool
    wake_words: tuple[str, ...]
    plays: bool


def ears(config: Config) -> Ears:
    words = tuple(sorted(permission(config).wake_words))
    return Ears(config.microphone.source != "none", words, can_play(config))


class Now(msgspec.Struct, frozen=True, kw_only=True):
    """`hears`: the settings let it open a microphone. `by`: where it was last muted or not.
    `home_assistant` None: there is none in the settings; `demo`: the home is the demo. `level` of
    the wall; None where it was not looked at yet. `wake_words` as the settings name them; `plays`:
    it can be let hear recordings.
    """

    assist: Assist
    hears: bool
    muted: bool
    by: By | None
    engines: dict[str, EngineState]
    broker: Connection
    home_assistant: Connection | None
    demo: bool
    wake_words: tuple[str, ...]
    plays: bool
    level: Level | None
    recording: RecordingState | None


def now(parts: Parts, ears: Ears) -> Now:
    status, protocol = parts.household.status, parts.mqtt.status.protocol
    return Now(
        assist=status.assist,
        hears=ears.hears,
        muted=status.muted,
        by=status.muted_by,
        engines=status.engines,
        broker=Connection(
            standing="connected" if protocol else "connecting",
            detail=f"MQTT {protocol}" if protocol else "",
        ),
        home_assistant=_home_assistant(parts),
        demo=parts.showcase is not None,
        wake_words=ears.wake_words,
        plays=ears.plays,
        level=parts.guard.level,
        recording=parts.guard.recording,
    )


def _home_assistant(parts: Parts) -> Connection | None:
    if parts.link is None:
        return None
    status = parts.link.status
    return Connection(standing=status.standing.value, detail=status.reason)
