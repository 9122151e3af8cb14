"""Values as they are written into YAML: short ones in a line, sections and lists of corners in
lines of their own. Pure.
"""

import json
import re
from collections.abc import Mapping, Sequence

import yaml

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*")


def block(value: object, column: int) -> str:
    """`column`: where its first line begins; that line is not indented here."""
    line = "\n" + " " * column
    match value:
        case Mapping() if value:
            return line.join(
                f"{key_of(str(k))}:{_below(each, column)}" for k, each in value.items()
            )
        case list() | tuple() if value:
            return line.join(f"- {flow(each)}" for each in value)
        case _:
            return flow(value)


def _below(value: object, column: int) -> str:
    """What follows a colon."""
    if (isinstance(value, Mapping) and value) or _is_deep(value):
        return "\n" + " " * (column + 2) + block(value, column + 2)
    return " " + flow(value)


def _is_deep(value: object) -> bool:
    """A list of lists of lists: polygons, each in a line of its own."""
    return _depth(value) > 2  # noqa: PLR2004 - corners are a list of lists


def _depth(value: object) -> int:
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list | tuple) else 0


def flow(value: object) -> str:
    match value:
        case bool() | None:
            return json.dumps(value)
        case float():
            return _number(value)
        case int():
            return str(value)
        case str():
            return _text(value)
        case Mapping():
            told = ", ".join(f"{key_of(str(key))}: {flow(each)}" for key, each in value.items())
            return "{" + told + "}"
        case Sequence():
            return "[" + ", ".join(map(flow, value)) + "]"
        case _:
            raise TypeError(value)


def key_of(key: str) -> str:
    return _text(key)


def _number(value: float) -> str:
    """Without an exponent: YAML reads 1e-05 as text."""
    digits = f"{value:.9f}".rstrip("0")
    return digits + "0" if digits.endswith(".") else digits


def _text(text: str) -> str:
    """In quotes where YAML would read something else: no, 12:30, null."""
    if _PLAIN.fullmatch(text) and yaml.safe_load(text) == text:
        return text
    return json.dumps(text, ensure_ascii=False)
