"""The socket on which the running hub answers its owner's command line: one JSON line each way."""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from hub.fields import Name, Text
from hub.paths import control_socket
from hub.status import Assist
from hub.turn import TurnLine
from hub.why.trace import Trace
from hub.why.traces import MOST
from integrations.wall_payloads import ProcessWall

_LIMIT = 65_536


class NoHub(Exception):
    """No hub is running, or it does not answer."""


class OtherHub(Exception):
    """Another hub of this user answers on the socket, or the socket cannot be used."""


class SayRequest(msgspec.Struct, frozen=True, tag="say", forbid_unknown_fields=True):
    text: Text

    def __repr__(self) -> str:
        return "SayRequest()"


class AskRequest(msgspec.Struct, frozen=True, tag="ask", forbid_unknown_fields=True):
    text: Text
    area: Name | None = None

    def __repr__(self) -> str:
        return "AskRequest()"


class ConfirmRequest(msgspec.Struct, frozen=True, tag="confirm", forbid_unknown_fields=True):
    """The owner's code; `id`: of the question, where more than one waits."""

    code: Name
    id: Name | None = None

    def __repr__(self) -> str:
        return "ConfirmRequest()"


class AliasesRequest(msgspec.Struct, frozen=True, tag="aliases", forbid_unknown_fields=True):
    """The learned names; without the one to be removed."""

    remove: Name | None = None

    def __repr__(self) -> str:
        return "AliasesRequest()"


class DevicesRequest(msgspec.Struct, frozen=True, tag="devices", forbid_unknown_fields=True):
    pass


class MuteRequest(msgspec.Struct, frozen=True, tag="mute", forbid_unknown_fields=True):
    muted: bool


class StateRequest(msgspec.Struct, frozen=True, tag="state", forbid_unknown_fields=True):
    pass


class PrivacyRequest(msgspec.Struct, frozen=True, tag="privacy", forbid_unknown_fields=True):
    pass


class CamerasRequest(msgspec.Struct, frozen=True, tag="cameras", forbid_unknown_fields=True):
    """How all cameras are."""


class CameraRequest(msgspec.Struct, frozen=True, tag="camera", forbid_unknown_fields=True):
    """Open or close cameras, all without `keys`; `until`: seconds since 1970."""

    on: bool
    keys: tuple[Name, ...] = ()
    until: float | None = None
    until_left: bool = False


class SketchRequest(msgspec.Struct, frozen=True, tag="sketch", forbid_unknown_fields=True):
    """The edges of what a camera sees."""

    key: Name


class TuneRequest(msgspec.Struct, frozen=True, tag="tune", forbid_unknown_fields=True):
    """Which sensitivity would fit what was heard since senses started."""


class WhyRequest(msgspec.Struct, frozen=True, tag="why", forbid_unknown_fields=True):
    last: Annotated[int, msgspec.Meta(ge=1, le=MOST)]


class ForgetRequest(msgspec.Struct, frozen=True, tag="forget", forbid_unknown_fields=True):
    """Delete what explains the last turns."""


Told = SayRequest | AskRequest | ConfirmRequest | MuteRequest | TuneRequest
Shown = AliasesRequest | DevicesRequest | PrivacyRequest | StateRequest | WhyRequest
OfCameras = CamerasRequest | CameraRequest | SketchRequest
Request = Told | Shown | ForgetRequest | OfCameras


class DeviceLine(msgspec.Struct, frozen=True):
    name: str
    domain: str
    area: str | None
    state: str | None


class AliasLine(msgspec.Struct, frozen=True):
    """`means`: the name of the thing as the home spells it, or its id where it is not there."""

    name: str
    means: str
    active: bool

    def __repr__(self) -> str:
        return "AliasLine()"


class LentLine(msgspec.Struct, frozen=True, kw_only=True):
    """What was done for others by Wyoming: utterances written down, sentences spoken, wake words
    found.
    """

    written: int = 0
    spoken: int = 0
    woken: int = 0


class WallLine(msgspec.Struct, frozen=True, kw_only=True):
    """`level` and `processes` as in MQTT's state/privacy; `refused` at the doors, by reason;
    `lent` null where nothing is.
    """

    level: Literal["A", "B", "C", "none"]
    processes: dict[str, ProcessWall]
    refused: dict[str, int]
    lent: LentLine | None = None


class TuneLine(msgspec.Struct, frozen=True, kw_only=True):
    """As hub.messages.Tuned; `now`: the sensitivity in use."""

    sensitivity: float | None
    words: int
    missed: int
    others: int
    waking: int
    now: float


class CameraLine(msgspec.Struct, frozen=True, kw_only=True):
    """`seconds` since it was last seen with; None: never. `seen`: zone -> label -> how many.
    `until`: seconds since 1970 at which it opens by itself.
    """

    key: str
    name: str
    condition: str
    seconds: float | None
    seen: dict[str, dict[str, int]]
    by: str | None = None
    until: float | None = None


class OutlineLine(msgspec.Struct, frozen=True, kw_only=True):
    """As hub.eyes.messages.Outline."""

    width: int
    height: int
    bits: str

    def __repr__(self) -> str:
        return "OutlineLine()"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """`problem`: plain words why it was not done."""

    result: Literal["done", "failed"] = "done"
    problem: str = ""
    turn: TurnLine | None = None
    aliases: tuple[AliasLine, ...] = ()
    devices: tuple[DeviceLine, ...] = ()
    assist: Assist | None = None
    wall: WallLine | None = None
    traces: tuple[Trace, ...] = ()
    tuned: TuneLine | None = None
    cameras: tuple[CameraLine, ...] = ()
    outline: OutlineLine | None = None

    def __repr__(self) -> str:
        return f"Answer({self.result})"


Handler = Callable[[Request], Awaitable[Answer]]


def make_sure_of_being_alone(path: Path) -> None:
    """Two hubs of one user would take each other's socket and broker session. Raises OtherHub."""
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(path)) == 0:
                raise OtherHub(f"Another hub is running for this user: {path} is its socket.")
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OtherHub(
            f"The socket {path} cannot be used ({error}): set XDG_RUNTIME_DIR."
        ) from error


async def serve(path: Path, handle: Handler) -> None:
    """Answer requests until cancelled; only this user may connect (0600)."""
    decoder = msgspec.json.Decoder(Request)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            wanted = decoder.decode(await reader.readline())
        except (msgspec.MsgspecError, ValueError) as error:
            answer = Answer(result="failed", problem=f"The request was not understood: {error}")
        else:
            answer = await handle(wanted)
        writer.write(msgspec.json.encode(answer) + b"\n")
        writer.close()

    with suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108 - one call on a local file, which never waits
    old = os.umask(0o177)
    try:
        server = await asyncio.start_unix_server(talk, path, limit=_LIMIT)
    finally:
        os.umask(old)
    try:
        await server.serve_forever()
    finally:
        os.unlink(path)  # noqa: PTH108 - as above


def request(wanted: Request, timeout: float = 30.0) -> Answer:
    """Ask the running hub, which may itself wait for a home; raises NoHub."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(timeout)
            line.connect(str(control_socket()))
            line.sendall(msgspec.json.encode(wanted) + b"\n")
            with line.makefile("rb") as stream:
                return msgspec.json.decode(stream.readline(), type=Answer)
    except TimeoutError as error:
        raise NoHub(f"The hub is running but has not answered in {timeout:.0f} s.") from error
    except (OSError, msgspec.DecodeError) as error:
        raise NoHub("No hub is running for this user. Start it with: script/run") from error
