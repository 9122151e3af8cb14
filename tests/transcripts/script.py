"""A transcript as it is written (README.md), read into steps."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Literal, get_args

from tests.transcripts.cameras import Shows


@dataclass(frozen=True, slots=True)
class Says:
    text: str
    room: str | None
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Hears:
    """A regular expression somewhere in what the hub said; None: it said nothing."""

    pattern: str | None


@dataclass(frozen=True, slots=True)
class Stands:
    """How a thing is now: its state and some attributes, as text."""

    name: str
    state: str
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Passes:
    time: timedelta


@dataclass(frozen=True, slots=True)
class Until:
    time: time


@dataclass(frozen=True, slots=True)
class Did:
    """`nothing happens`, or a result that an action of the last turn had."""

    what: str


@dataclass(frozen=True, slots=True)
class Expects:
    answer: bool


Event = Literal[
    "hub stops",
    "hub starts",
    "home goes away",
    "home comes back",
    "family leaves",
    "family returns",
]


@dataclass(frozen=True, slots=True)
class Happens:
    event: Event


Step = Says | Hears | Stands | Passes | Until | Did | Expects | Happens | Shows


@dataclass(frozen=True, slots=True)
class Transcript:
    """`home`: demo, or a home file beside the folders of languages. Each step has its line.
    `guest_aware`: private things are not said before guests.
    """

    language: str
    home: str
    start: datetime
    steps: tuple[tuple[int, Step], ...]
    guest_aware: bool = False


class WrittenWrong(ValueError):
    """A line is none of a transcript."""


_START = "2026-11-23 12:05"
"""A Monday."""
_UNITS = {"s": 1, "min": 60, "h": 3600, "day": 86_400, "days": 86_400}
_EVENTS: tuple[Event, ...] = get_args(Event)
_HEADS = ("home", "start", "guests")


def read(file: Path) -> Transcript:
    """Raises WrittenWrong."""
    heads: dict[str, str] = {}
    steps: list[tuple[int, Step]] = []
    for number, line in _lines(file):
        key, colon, value = line.partition(": ")
        if colon and key in _HEADS and not steps:
            heads[key] = value.strip()
            continue
        try:
            steps.append((number, _step(line)))
        except (ValueError, LookupError, re.error) as error:
            raise WrittenWrong(f"{file.name}:{number}: {line!r}: {error}") from error
    start = datetime.fromisoformat(heads.get("start", _START)).astimezone()
    home, aware = heads.get("home", "demo"), heads.get("guests") == "aware"
    return Transcript(file.parent.name, home, start, tuple(steps), guest_aware=aware)


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Those that are no comment."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def _step(line: str) -> Step:
    if line.startswith("hub<"):
        return _hears(line[4:].strip())
    for mark, read_rest in _MARKS.items():
        if line.startswith(f"{mark} "):
            return read_rest(line[2:].strip())
    who, arrow, text = line.partition("> ")
    if not arrow:
        raise WrittenWrong("what is this line?")
    room, _, speaker = (each.strip() for each in who.partition(","))
    return Says(text.strip(), None if room == "somewhere" else room, speaker or None)


def _hears(said: str) -> Hears:
    if said == "(nothing)":
        return Hears(None)
    pattern = said[1:].strip() if said.startswith("~") else re.escape(said)
    re.compile(pattern)
    return Hears(pattern)


def _stands(said: str) -> Stands:
    name, _, rest = said.partition(": ")
    state, *attributes = (each.strip() for each in rest.split(","))
    pairs = [tuple(each.split(" ", 1)) for each in attributes]
    return Stands(name, state, tuple((pair[0], pair[1] if pair[1:] else "") for pair in pairs))


def _passes(said: str) -> Passes:
    number, unit = said.split(" ")
    return Passes(timedelta(seconds=int(number) * _UNITS[unit]))


def _expects(said: str) -> Expects:
    return Expects({"expects an answer": True, "expects no answer": False}[said])


def _happens(said: str) -> Happens:
    return Happens({f"the {event}": event for event in _EVENTS}[said])


def _shows(said: str) -> Shows:
    camera, colon, what = said.partition(": ")
    if not colon:
        raise WrittenWrong("a camera, and what it sees")
    return Shows(camera, what)


_MARKS: dict[str, Callable[[str], Step]] = {
    "=": _stands,
    "+": _passes,
    "@": lambda said: Until(time.fromisoformat(said)),
    "!": Did,
    "?": _expects,
    "*": _happens,
    "~": _shows,
}
