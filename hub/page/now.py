"""The first thing that the page shows: how the hub is, this moment."""

from typing import Literal

import msgspec

from hub.build import Parts
from hub.mute import By
from hub.status import Assist, EngineState
from integrations.wall_payloads import Level, RecordingState

Standing = Literal["connecting", "connected", "refused", "lost"]


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """`detail`: MQTT's version, or plain words why it is not connected."""

    standing: Standing
    detail: str = ""


class Now(msgspec.Struct, frozen=True, kw_only=True):
    """`hears`: the settings let it open a microphone. `by`: where it was last muted or not.
    `home_assistant` None: there is none in the settings; `demo`: the home is the demo. `level` of
    the wall; None where it was not looked at yet. `wake_words` as the settings name them.
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
    level: Level | None
    recording: RecordingState | None


def now(parts: Parts, *, hears: bool, wake_words: tuple[str, ...]) -> Now:
    status, protocol = parts.household.status, parts.mqtt.status.protocol
    return Now(
        assist=status.assist,
        hears=hears,
        muted=status.muted,
        by=status.muted_by,
        engines=status.engines,
        broker=Connection(
            standing="connected" if protocol else "connecting",
            detail=f"MQTT {protocol}" if protocol else "",
        ),
        home_assistant=_home_assistant(parts),
        demo=parts.showcase is not None,
        wake_words=wake_words,
        level=parts.guard.level,
        recording=parts.guard.recording,
    )


def _home_assistant(parts: Parts) -> Connection | None:
    if parts.link is None:
        return None
    status = parts.link.status
    return Connection(standing=status.standing.value, detail=status.reason)
