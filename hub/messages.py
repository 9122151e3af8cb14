"""Everything that crosses between processes: a closed, typed vocabulary, one JSON object a line.

`t` is the type, `v` the version, `source` who says it. Up lines (towards the house) are at most
4,096 bytes, so that the kernel writes each whole (PIPE_BUF); down lines at most 1 MB, the home of
1,000 entities. What is not in this file cannot cross. Private text has no repr.
"""

from typing import Annotated, Literal

import msgspec

from hub.cage.seal import Level
from hub.fields import (
    LOUDNESS,
    MICROPHONE,
    MOST_CAMERAS,
    MOST_WISHES,
    Condition,
    Device,
    Earcon,
    Name,
    ProcessName,
    Reason,
    Share,
    SlotValue,
    Tally,
    Text,
    Words,
)
from intents.home import Home


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="t"):
    v: Literal[1] = 1


class Seconds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a turn's time went. `vad`: silence waited for; `total`: last speech to the intent.

    The others are computing time; `wake` that of the sound in which the wake word was found.
    """

    wake: float = 0.0
    vad: float = 0.0
    asr: float = 0.0
    intent: float = 0.0
    total: float = 0.0


class WishLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    intent: Name
    slots: dict[Name, SlotValue]
    score: Share
    response: Name = "default"

    def __repr__(self) -> str:
        return f"WishLine({self.intent})"


class State(Message, frozen=True, kw_only=True, tag="state"):
    """What a process does. `reason`: plain words; of an idle one why it lacks a device."""

    source: Name
    state: Condition
    reason: Reason = ""


class Wake(Message, frozen=True, kw_only=True, tag="wake"):
    source: Name
    turn: int
    word: Name
    score: Share


class Closed(Message, frozen=True, kw_only=True, tag="closed"):
    """The seal stands and every escape was tried; said before the process listens or speaks."""

    source: Name
    level: Level


class Heard(Message, frozen=True, kw_only=True, tag="heard"):
    """An accepted command. `words` only where the owner lets them cross."""

    source: Name
    turn: int
    area: Name | None = None
    wishes: Annotated[tuple[WishLine, ...], msgspec.Meta(min_length=1, max_length=MOST_WISHES)]
    words: Words | None = None
    confidence: Share
    seconds: Seconds

    def __repr__(self) -> str:
        return f"Heard(turn={self.turn}, {len(self.wishes)} wishes)"


class NotHeard(Message, frozen=True, kw_only=True, tag="not_heard"):
    """A turn that led nowhere. `nearest`: sentences of this home's grammar, not what was said.
    too_much: it meant something, but more than a Heard carries.
    """

    source: Name
    turn: int
    reason: Literal["no_speech", "sound_lost", "not_understood", "too_much"]
    nearest: Annotated[tuple[Words, ...], msgspec.Meta(max_length=3)] = ()
    confidence: Share = 0.0
    seconds: Seconds = Seconds()


class Yielded(Message, frozen=True, kw_only=True, tag="yielded"):
    """A turn that goes on elsewhere: another ear heard the same wake word better."""

    source: Name
    turn: int


class Health(Message, frozen=True, kw_only=True, tag="health"):
    """Counts since the process started. `dropped`: samples of sound lost; `unsent`: lines lost
    because nobody read them; `refused`: lines that were not understood; `near_misses`: times that
    a wake word was nearly heard.
    """

    source: Name
    dropped: int = 0
    unsent: int = 0
    refused: int = 0
    near_misses: int = 0


class Tuned(Message, frozen=True, kw_only=True, tag="tuned"):
    """The answer to Tune: the sensitivity that fits what senses has heard since it started, None
    where that is too little. Of `words` taken for the wake word `missed` would not wake at it; of
    `others` `waking` would.
    """

    source: Name
    sensitivity: Share | None = None
    words: Tally = 0
    missed: Tally = 0
    others: Tally = 0
    waking: Tally = 0


class Loud(Message, frozen=True, kw_only=True, tag="level"):
    """How loud the room is, in LOUDNESS steps from silence on; said only after Measure."""

    source: Name
    step: Annotated[int, msgspec.Meta(ge=0, lt=LOUDNESS)]


class Spoken(Message, frozen=True, kw_only=True, tag="spoken"):
    """The mouth has finished saying `id`; `seconds` of sound."""

    source: Name
    id: int
    seconds: float


class Process(Message, frozen=True, kw_only=True, tag="process"):
    """From the launcher: how a process fares; `pid` 0 while it does not run."""

    source: Name = "launcher"
    name: ProcessName
    state: Literal["running", "restarting"]
    restarts: int = 0
    pid: Annotated[int, msgspec.Meta(ge=0)] = 0


class Recording(Message, frozen=True, kw_only=True, tag="recording"):
    """From the launcher: until when (seconds since 1970; 0: not) commands are kept; how many."""

    source: Name = "launcher"
    until: Annotated[int, msgspec.Meta(ge=0)]
    kept: Annotated[int, msgspec.Meta(ge=0)] = 0
    lost: Annotated[int, msgspec.Meta(ge=0)] = 0


class StopRecording(Message, frozen=True, kw_only=True, tag="stop_recording"):
    """To the launcher. Nothing but the settings can start it."""

    source: Name = "house"


class HomeLine(Message, frozen=True, kw_only=True, tag="home"):
    """To senses: the names of this home."""

    source: Name = "house"
    home: Home


class Settings(Message, frozen=True, kw_only=True, tag="settings"):
    """To senses: what can be changed while it runs. `sensitivity` 0..1, higher wakes sooner."""

    source: Name = "house"
    sensitivity: Share


class Presence(Message, frozen=True, kw_only=True, tag="presence"):
    """To senses: whether a camera sees anybody in its room, for some seconds; None: cannot tell."""

    source: Name = "house"
    anybody: bool | None


class Tune(Message, frozen=True, kw_only=True, tag="tune"):
    """To senses: propose a sensitivity."""

    source: Name = "house"


class Measure(Message, frozen=True, kw_only=True, tag="measure"):
    """To senses: say how loud it is at the hub's own microphone, for so many seconds."""

    source: Name = "house"
    seconds: Annotated[float, msgspec.Meta(ge=1.0, le=15.0)]


class Listen(Message, frozen=True, kw_only=True, tag="listen"):
    """To senses: hear one answer at `ear` without a wake word, waiting `seconds` for it."""

    source: Name = "house"
    seconds: Annotated[float, msgspec.Meta(ge=1.0, le=15.0)]
    ear: Name = MICROPHONE


class Say(Message, frozen=True, kw_only=True, tag="say"):
    """To the mouth: an earcon, `text`, or both, heard at `to`; an outlet tells its end itself."""

    source: Name = "house"
    id: int
    to: Name = MICROPHONE
    text: Text = ""
    earcon: Earcon | None = None

    def __repr__(self) -> str:
        return f"Say(id={self.id})"


class Hush(Message, frozen=True, kw_only=True, tag="hush"):
    """To the mouth: stop at once, and leave unsaid all that was to be said before this."""

    source: Name = "house"


class Mute(Message, frozen=True, kw_only=True, tag="mute"):
    """To the launcher, which tells it to every new house, and when the button was `pressed`. `by`:
    where it was set. `presses` so far: what a house says that does not know of the last is late.
    """

    source: Name = "house"
    muted: bool
    by: Literal["mqtt", "page", "machine"]
    presses: Annotated[int, msgspec.Meta(ge=0)] = 0
    pressed: bool = False


class Stop(Message, frozen=True, kw_only=True, tag="stop"):
    """To the launcher: end everything with this exit status."""

    source: Name = "house"
    status: Annotated[int, msgspec.Meta(ge=0, le=255)]


class Restart(Message, frozen=True, kw_only=True, tag="restart"):
    """To the launcher: end everything, and start with the settings as they are then. Who has muted
    it stays so, and no recording begins by it. `models`: of which signed list.
    """

    source: Name = "house"
    models: Literal["present", "previous"] = "present"


class Seek(Message, frozen=True, kw_only=True, tag="seek"):
    """To the launcher: look for exactly these of the hub's own; a new process takes them up."""

    source: Name = "house"
    devices: Annotated[tuple[Device, ...], msgspec.Meta(max_length=2)]


class Play(Message, frozen=True, kw_only=True, tag="play"):
    """To the launcher: the recordings of its settings are heard once, instead of the microphone."""

    source: Name = "house"


class Watch(Message, frozen=True, kw_only=True, tag="watch"):
    """To the launcher: exactly these cameras are open from now on, all others closed at once."""

    source: Name = "house"
    cameras: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_CAMERAS)]


FromSenses = State | Closed | Wake | Heard | NotHeard | Yielded | Health | Tuned | Loud
FromMouth = State | Closed | Spoken | Health
FromLauncher = Process | Mute | Recording
ToSenses = HomeLine | Settings | Listen | Tune | Presence | Measure
ToMouth = Say | Hush
ToLauncher = Mute | Stop | Restart | StopRecording | Watch | Seek | Play
