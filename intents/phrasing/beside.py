"""Cameras named beside other things or each other: "the light and the camera", "the kitchen and
porch cameras". Pure; English.

What is not clear is not understood at all: a camera that stays open, or a light that goes out in
its place, would be worse.
"""

import re
from collections.abc import Callable
from enum import Enum

from intents.phrasing.spans import Clause
from intents.phrasing.viewed import Viewed

Tokens = tuple[str, ...]
_SENTENCE = re.compile(
    r"^(?:please )?(?P<verb>turn|switch|shut|close|open|disable|enable|stop|start)"
    r"(?: (?P<first>on|off|back on))? (?P<what>.+? and .+?)(?: (?P<last>on|off|back on))?"
    r"(?P<span> (?:for|until|till) .+?)?(?: please)?$"
)
_CAMERA = re.compile(r"^(?:(?:all|the|my|our|your|both) )*(?:(?P<which>.+) )?cameras?$")
_DETERMINERS = frozenset({"all", "the", "my", "our", "your", "both", "a", "an"})
_OF_A_NAME = ("thing", "kind", "area", "floor")


class Told(Enum):
    """NOT: no such sentence. UNCLEAR: one that could mean too much."""

    NOT = 0
    UNCLEAR = 1


def beside(
    tokens: Tokens, viewed: Viewed, tag: Callable[[Tokens], Clause]
) -> tuple[Tokens, ...] | Told:
    """The sentence of each, with its verb."""
    found = _SENTENCE.match(" ".join(tokens))
    if found is None or not {"camera", "cameras"} & set(tokens):
        return Told.NOT
    parts = [tuple(part.split()) for part in found["what"].split(" and ")]
    named_so = (_is_camera(p, viewed) or _looks(p, viewed) or _is_name(p, tag) for p in parts)
    if not all(named_so):
        return Told.NOT
    verb = (found["verb"], *(found["first"] or found["last"] or "").split())
    if verb[0] in ("turn", "switch", "shut") and not verb[1:]:
        return Told.UNCLEAR
    named = [_named(part, parts[at + 1 :], viewed) for at, part in enumerate(parts)]
    span = tuple((found["span"] or "").split())
    if None in named:
        return Told.UNCLEAR
    return tuple((*verb, *part, *span) for part in named if part)


def _named(part: Tokens, later: list[Tokens], viewed: Viewed) -> Tokens | None:
    """As "kitchen" in "the kitchen and porch cameras", which is a camera too; None: unclear."""
    if _is_camera(part, viewed):
        return part
    shared = later and later[-1][-1] == "cameras" and later[-1][0] not in _DETERMINERS
    if not shared:
        return part
    return (*part, "cameras") if _looks(part, viewed) else None


def _is_camera(part: Tokens, viewed: Viewed) -> bool:
    found = _CAMERA.match(" ".join(part))
    if found is None:
        return False
    return not found["which"] or viewed.cameras(found["which"]) is not None


def _looks(part: Tokens, viewed: Viewed) -> bool:
    """It is where a camera is, or what it shows."""
    return _is_camera((*part, "cameras"), viewed)


def _is_name(part: Tokens, tag: Callable[[Tokens], Clause]) -> bool:
    """Something of the home, and no wish of its own ("lock the door")."""
    bare = part
    while bare and bare[0] in _DETERMINERS:
        bare = bare[1:]
    clause = tag(bare)
    names = any(span.has(each) for span in clause.spans for each in _OF_A_NAME)
    return names and not _DETERMINERS & set(bare) and clause.within(*_OF_A_NAME)
