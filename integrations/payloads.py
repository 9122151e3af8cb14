"""Everything that is said and heard over MQTT: closed, typed, bounded JSON. Pure.

Each payload carries `"v": 1`; an unknown key is refused, in both directions. Text that came from
somebody's mouth is only in `Recognized`, an accepted command, and private in every repr.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, get_args

import msgspec

from integrations.topics import Post, Topics

SENSITIVITY_FLOOR = 0.1
"""Lowest wake sensitivity that can be set from outside: turned down further, the hub would be
deaf without showing it. To stop it listening there is mute, which everybody can see."""

NAME_LIMIT = 80
Name = Annotated[str, msgspec.Meta(max_length=NAME_LIMIT)]
LINE_LIMIT = 200
Line = Annotated[str, msgspec.Meta(max_length=LINE_LIMIT)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Time = Annotated[float, msgspec.Meta(ge=0.0)]
SlotValue = Name | int | float


class Payload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    v: Literal[1] = 1


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something inside a payload."""


# Out: states, retained


class AssistState(Payload, frozen=True, kw_only=True):
    """`deaf`: no sound comes in although it is not muted; its microphone is missing or busy."""

    state: Literal["idle", "listening", "processing", "responding", "muted", "deaf"]


class MuteState(Payload, frozen=True, kw_only=True):
    """`by`: who changed it last, which decides who may lift it; null: nobody since the start."""

    muted: bool
    by: Literal["machine", "voice", "page", "mqtt"] | None = None


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


Level = Literal["A", "B", "C", "none"]


class ProcessWall(Part, frozen=True, kw_only=True):
    """What the kernel says of all threads of one process; `seccomp` 2 is a filter.

    `network`: empty, or the machine's, or one that could not be looked at.
    """

    level: Level | Literal["starting"]
    seccomp: Annotated[int, msgspec.Meta(ge=0, le=2)] | None = None
    no_new_privileges: bool | None = None
    capabilities: bool | None = None
    network: Literal["empty", "machine", "unknown"] = "unknown"


class Privacy(Payload, frozen=True, kw_only=True):
    """`level`: the lowest of the processes that are closed; none: one of them is not."""

    level: Level
    processes: dict[Name, ProcessWall]


class Door(Payload, frozen=True, kw_only=True):
    """What was refused of that which the sealed processes said, since the start, by reason."""

    refused: Count
    reasons: dict[Name, Count]


class Ledger(Payload, frozen=True, kw_only=True):
    """Bytes sent into the network since midnight; `unexpected`: of them, to destinations that
    the settings do not name.
    """

    bytes_today: Count
    destinations: Count
    unexpected: Count


class RecordingState(Payload, frozen=True, kw_only=True):
    """Whether the sound of commands is kept, encrypted to the owner's key; `until`: ISO 8601."""

    recording: bool
    until: Line | None = None
    kept: Count = 0
    lost: Count = 0


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
    reason: Literal["no_speech", "sound_lost", "not_understood"]
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


Byte = Annotated[int, msgspec.Meta(ge=0, le=255)]
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Kelvin = Annotated[int, msgspec.Meta(ge=1_000, le=12_000)]
Celsius = Annotated[float, msgspec.Meta(ge=-50.0, le=150.0)]


class DeviceSet(Payload, frozen=True, kw_only=True):
    """What Home Assistant wants of a simulated device; names are those of its attributes."""

    state: Name | None = None
    brightness: Byte | None = None
    rgb_color: tuple[Byte, Byte, Byte] | None = None
    color_temp_kelvin: Kelvin | None = None
    current_position: Percent | None = None
    percentage: Percent | None = None
    temperature: Celsius | None = None


class DeviceState(Payload, frozen=True, kw_only=True):
    """A simulated device as it is; attributes as Home Assistant names them."""

    state: Name | None
    attributes: dict[Name, Line | bool | int | float | tuple[Line | int | float, ...] | None]


Wall = Privacy | Door | Ledger | RecordingState
State = AssistState | MuteState | WakeSensitivity | Latency | Health | Wall
Event = Recognized | NotUnderstood | WakeWord | CodeWanted | CodeAnswered
Command = SetMute | SetRecording | SetWakeSensitivity | Say | Announce | Ask | Confirm

OUT: Mapping[type[State | Event], str] = MappingProxyType(
    {
        AssistState: "state/assist",
        MuteState: "state/mute",
        WakeSensitivity: "state/wake_sensitivity",
        Latency: "state/latency",
        Health: "state/health",
        Privacy: "state/privacy",
        Door: "state/door",
        Ledger: "state/ledger",
        RecordingState: "state/recording",
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
