"""Everything that is said and heard over MQTT: closed, typed, bounded JSON. Pure.

Each payload carries `"v": 1`; an unknown key is refused, in both directions. Text that came from
somebody's mouth is only in `Recognized`, an accepted command, and private in every repr.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, get_args

import msgspec

from integrations.payload import Count, Line, Name, Part, Payload, Share, SlotValue, Text, Time
from integrations.topics import Post, Topics
from integrations.wall_payloads import Door, Ledger, Privacy, RecordingState

SENSITIVITY_FLOOR = 0.1
"""Lowest wake sensitivity that can be set from outside: turned down further, the hub would be
deaf without showing it. To stop it listening there is mute, which everybody can see."""

# Out: states, retained


class AssistState(Payload, frozen=True, kw_only=True):
    """`deaf`: no sound comes in although it is not muted; its microphone is missing or busy."""

    state: Literal["idle", "listening", "processing", "responding", "muted", "deaf"]


class MuteState(Payload, frozen=True, kw_only=True):
    """`by`: who changed it last, which decides who may lift it; null: nobody since the start."""

    muted: bool
    by: Literal["machine", "voice", "page", "mqtt"] | None = None


class SatelliteState(Payload, frozen=True, kw_only=True):
    """Whether each satellite is there, by its key in the settings."""

    connected: dict[Name, bool]


class WakeSensitivity(Payload, frozen=True, kw_only=True):
    """Higher wakes sooner."""

    value: Share


class Latency(Payload, frozen=True, kw_only=True):
    """Of the last turn: milliseconds from the end of speech to the intent."""

    ms: Time


class Health(Payload, frozen=True, kw_only=True):
    """`samples_dropped`: sound lost, in samples at 16 kHz; `events_dropped`: never sent; `refused`:
    malformed messages; `restarts`: of processes; `near_misses`: times that the wake word was nearly
    heard. All since the hub started.
    """

    state: Literal["ok", "degraded", "failed"]
    engines: dict[Name, Literal["starting", "ready", "failed", "off"]]
    samples_dropped: Count = 0
    events_dropped: Count = 0
    refused: Count = 0
    restarts: Count = 0
    near_misses: Count = 0


class Timers(Payload, frozen=True, kw_only=True):
    """What is kept for later, without names. `running`: timers; moments: ISO 8601; `ringing`:
    something rings now, until it is stopped.
    """

    running: Count
    next_timer: Line | None = None
    next_alarm: Line | None = None
    ringing: bool = False


# Out: events, not retained


class Seconds(Part, frozen=True, kw_only=True):
    """Where a turn's time went, as in the command line's JSON."""

    wake: Time = 0.0
    vad: Time = 0.0
    asr: Time = 0.0
    intent: Time = 0.0
    total: Time = 0.0


class Action(Part, frozen=True, kw_only=True):
    """What was done for one wish; `targets` are names as the home spells them."""

    intent: Name
    targets: tuple[Name, ...] = ()
    result: Line


class Recognized(Payload, frozen=True, kw_only=True, tag_field="event_type", tag="recognized"):
    """An accepted command. `turn` counts turns since the start: an event that comes twice, after
    a lost connection, is known by it. `words` only where the owner lets them cross.
    """

    turn: Count
    intent: Name
    slots: dict[Name, SlotValue]
    area: Name | None = None
    confidence: Share
    actions: Annotated[tuple[Action, ...], msgspec.Meta(max_length=8)] = ()
    words: Text | None = None
    seconds: Seconds = Seconds()

    def __repr__(self) -> str:
        return f"Recognized(turn={self.turn}, intent={self.intent})"


class NotUnderstood(
    Payload, frozen=True, kw_only=True, tag_field="event_type", tag="not_understood"
):
    """A turn that led nowhere. No text: what was said stays where it was said."""

    turn: Count
    reason: Literal["no_speech", "sound_lost", "not_understood", "too_much"]
    confidence: Share = 0.0
    seconds: Seconds = Seconds()


class WakeWord(Payload, frozen=True, kw_only=True, tag_field="event_type", tag="detected"):
    turn: Count
    word: Name
    score: Share


class CodeWanted(Payload, frozen=True, kw_only=True, tag_field="event_type", tag="asked"):
    """Something waits for the code until `expires` (ISO 8601). `text`: what it would let the hub
    do, in the language of the home.
    """

    id: Name
    text: Line
    expires: Line

    def __repr__(self) -> str:
        return "CodeWanted()"


CodeResult = Literal[
    "done", "published", "refused", "failed", "wrong_code", "locked", "expired", "several"
]


class CodeAnswered(Payload, frozen=True, kw_only=True, tag_field="event_type", tag="answered"):
    """What came of a code. `id`: null where none was given and none was meant for sure."""

    id: Name | None
    result: CodeResult


# In


class SetMute(Payload, frozen=True, kw_only=True):
    muted: bool


class SetRecording(Payload, frozen=True, kw_only=True):
    """Only off: what begins a recording is the settings file alone."""

    recording: Literal[False]


class SetRinging(Payload, frozen=True, kw_only=True):
    """Only off: what rings is stopped."""

    ringing: Literal[False]


class SetWakeSensitivity(Payload, frozen=True, kw_only=True):
    value: Annotated[float, msgspec.Meta(ge=SENSITIVITY_FLOOR, le=1.0)]


class Say(Payload, frozen=True, kw_only=True):
    """Speak this."""

    text: Text

    def __repr__(self) -> str:
        return "Say()"


class Announce(Payload, frozen=True, kw_only=True):
    """Sound a chime, then speak this."""

    text: Text

    def __repr__(self) -> str:
        return "Announce()"


class Ask(Payload, frozen=True, kw_only=True):
    """A typed sentence, understood as if spoken in `area` (a name of the home)."""

    text: Text
    area: Name | None = None

    def __repr__(self) -> str:
        return "Ask()"


class Confirm(Payload, frozen=True, kw_only=True):
    """The owner's code, for the question of this id (event/confirm)."""

    id: Name
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]

    def __repr__(self) -> str:
        return "Confirm()"


Wall = Privacy | Door | Ledger | RecordingState
State = (
    AssistState | MuteState | SatelliteState | WakeSensitivity | Latency | Health | Wall | Timers
)
Event = Recognized | NotUnderstood | WakeWord | CodeWanted | CodeAnswered
Setting = SetMute | SetRecording | SetRinging | SetWakeSensitivity
Command = Setting | Say | Announce | Ask | Confirm

OUT: Mapping[type[State | Event], str] = MappingProxyType(
    {
        AssistState: "state/assist",
        MuteState: "state/mute",
        SatelliteState: "state/satellites",
        WakeSensitivity: "state/wake_sensitivity",
        Latency: "state/latency",
        Health: "state/health",
        Privacy: "state/privacy",
        Door: "state/door",
        Ledger: "state/ledger",
        RecordingState: "state/recording",
        Timers: "state/timers",
        Recognized: "event/command",
        NotUnderstood: "event/command",
        WakeWord: "event/wake_word",
        CodeWanted: "event/confirm",
        CodeAnswered: "event/confirm",
    }
)
IN: Mapping[str, type[Command]] = MappingProxyType(
    {
        "set/mute": SetMute,
        "set/recording": SetRecording,
        "set/ringing": SetRinging,
        "set/wake_sensitivity": SetWakeSensitivity,
        "cmd/say": Say,
        "cmd/announce": Announce,
        "cmd/ask": Ask,
        "cmd/confirm": Confirm,
    }
)


def post(topics: Topics, payload: State | Event) -> Post:
    """A payload on its topic; raises msgspec.ValidationError where a value is out of bounds,
    which building a Struct does not check.
    """
    data = msgspec.json.encode(payload)
    msgspec.json.decode(data, type=type(payload))
    return Post(topics.under(OUT[type(payload)]), data, isinstance(payload, get_args(State)))
