"""What a site is made of: files in memory, things shown and done as JSON, and live news.

There is no other kind of answer: nothing here could carry a sound or a picture.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

Kind = Literal["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"]


class Declined(Exception):
    """Not done; the message says why, in plain words."""


class BadRequest(Declined):
    """Not what the page sends."""


@dataclass(frozen=True, slots=True)
class File:
    kind: Kind
    content: bytes


@dataclass(frozen=True, slots=True)
class News:
    """`about`: one word; `json`: one line."""

    about: str
    json: bytes


Show = Callable[[], Awaitable[msgspec.Struct]]
Do = Callable[[bytes], Awaitable[msgspec.Struct]]
"""From a JSON body; raises Declined."""
Follow = Callable[[], AsyncIterator[News | None]]
"""For as long as somebody looks; None now and then while there is nothing new."""


@dataclass(frozen=True, slots=True)
class Site:
    """`files` by path, "" is the first; `shows` and `does` by name, under api/. `greeting`: what
    may be known before anybody has signed in.
    """

    greeting: Mapping[str, str]
    files: Mapping[str, File]
    shows: Mapping[str, Show]
    does: Mapping[str, Do]
    follow: Follow
