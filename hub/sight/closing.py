"""Which cameras are wanted, who said so, and until when: kept over every restart, closed in doubt.

What is set closer to the owner is lifted no farther away (hub.mute, interfaces.md): a camera that
was closed at the machine is opened there. One that was closed by voice can be opened by voice, on
the page or at the machine, and opens by itself when its time has come.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

By = Literal["machine", "voice", "page", "mqtt"]
_CLOSENESS: dict[By, int] = {"mqtt": 0, "page": 1, "voice": 1, "machine": 2}
FILE = "cameras.json"


class Closed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`until`: seconds since 1970 at which it opens by itself. `until_left`: when nobody is at
    home any more.
    """

    by: By
    until: float | None = None
    until_left: bool = False


class _Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`shown`: keys that Home Assistant was told of, so that those no longer there can be taken
    back.
    """

    v: Annotated[int, msgspec.Meta(ge=1, le=1)] = 1
    closed: dict[str, Closed] = {}
    shown: tuple[str, ...] = ()


@dataclass
class Closing:
    """`problem`: plain words why all are closed, or why a restart will not know what is; `keys` of
    all cameras that there are.
    """

    file: Path
    keys: tuple[str, ...]
    problem: str = ""

    def __post_init__(self) -> None:
        self.closed: dict[str, Closed] = {}
        self.gone: tuple[str, ...] = ()
        """Keys that were shown before and are no cameras any more."""
        try:
            kept = msgspec.json.decode(self.file.read_bytes(), type=_Kept)
        except FileNotFoundError:
            kept = _Kept()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            self.problem = (
                f"{self.file} cannot be read: all cameras stay closed. "
                "Open them with: inglenook cameras on"
            )
            kept = _Kept(closed={key: Closed(by="machine") for key in self.keys})
        self.closed = {key: each for key, each in kept.closed.items() if key in self.keys}
        self.gone = tuple(key for key in kept.shown if key not in self.keys)
        if not self.problem and (self.keys or self.gone):
            self._keep()

    @property
    def open(self) -> tuple[str, ...]:
        return tuple(key for key in self.keys if key not in self.closed)

    def close(self, key: str, wanted: Closed) -> None:
        """Who may not open it cannot make it open sooner either, and still closes it as long."""
        before = self.closed.get(key)
        if before is not None and _CLOSENESS[before.by] > _CLOSENESS[wanted.by]:
            wanted = _both(before, wanted)
        self.closed[key] = wanted
        self._keep()

    def lift(self, key: str, by: By) -> bool:
        """Whether it is open now."""
        closed = self.closed.get(key)
        if closed is None:
            return True
        allowed = _CLOSENESS[by] >= _CLOSENESS[closed.by]
        if allowed:
            del self.closed[key]
            self._keep()
        return allowed

    def due(self, now: float, *, anybody_home: bool | None) -> tuple[str, ...]:
        """Those that open by themselves now. `now`: seconds since 1970. `anybody_home` None: nobody
        can tell.
        """
        found = tuple(
            key
            for key, each in self.closed.items()
            if (each.until is not None and now >= each.until)
            or (each.until_left and anybody_home is False)
        )
        for key in found:
            del self.closed[key]
        if found:
            self._keep()
        return found

    def _keep(self) -> None:
        """Whole or not at all. A full disk keeps no camera open: it is only told."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._write(msgspec.json.encode(_Kept(closed=self.closed, shown=self.keys)))
        except OSError as error:
            self.problem = (
                f"{self.file} cannot be written ({error.strerror}): "
                "which cameras are closed is lost at the next start."
            )
        else:
            self.problem = ""

    def _write(self, content: bytes) -> None:
        scratch = self.file.with_suffix(".new")
        with open(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:  # noqa: PTH123 - its mode
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        scratch.replace(self.file)


def _both(before: Closed, wanted: Closed) -> Closed:
    """Until both are over; where two ends cannot be compared, until it is opened."""
    if before.until_left or wanted.until_left:
        alike = before == Closed(by=before.by, until_left=True) and wanted == Closed(
            by=wanted.by, until_left=True
        )
        return before if alike else Closed(by=before.by)
    if before.until is None or wanted.until is None:
        return Closed(by=before.by)
    return Closed(by=before.by, until=max(before.until, wanted.until))
