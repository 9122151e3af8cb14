"""A change of settings before it is written: its text, what the hub would make of it, what it lets
out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.changing.file import HasChanged
from hub.changing.letting_out import LetOut, let_out
from hub.changing.source import Source
from hub.changing.text import Place, changed
from hub.config import Config


@dataclass(frozen=True, slots=True)
class Draft:
    text: bytes
    config: Config
    lets_out: tuple[LetOut, ...]


def draft(source: Source, mark: str, changes: Mapping[Place, object]) -> Draft:
    """`mark`: the state of the file that it is a change of. Nothing is written.

    Raises HasChanged, CannotChange, ConfigError, OSError.
    """
    state = source.file.read()
    if state.mark != mark:
        raise HasChanged
    before = source.config(state.text)
    text = changed(state.text.decode("utf-8"), changes).encode("utf-8")
    config = source.config(text)
    return Draft(text, config, let_out(before, config))
