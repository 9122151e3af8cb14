"""The settings as the file has them, and which of them the running hub has not taken up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from hub.app.options import Settings
from hub.changing.source import Source
from hub.config import Config
from hub.config_file import ConfigError
from hub.page.abouts import Abouts, about
from hub.page.options import OptionShown, options

AT_ONCE = "listen.sensitivity"
"""What needs no new start."""


class SettingsShown(msgspec.Struct, frozen=True, kw_only=True):
    """`mark`: the state of the file. `waiting`: settings that the running hub has not taken up.
    `fixed`: keys that Home Assistant's app lays over the file. `problem`: plain words why nothing
    can be changed.
    """

    file: str
    mark: str
    options: tuple[OptionShown, ...]
    waiting: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    can_undo: bool = False
    problem: str = ""


def shown(source: Source, running: Config, sensitivity: float, abouts: Abouts) -> SettingsShown:
    """`sensitivity`: the one in use, which may have been changed since the start."""
    file, fixed = source.file, tuple(_keys(source.over))
    try:
        state = file.read()
        now, problem = source.config(state.text), file.problem
    except (ConfigError, OSError) as error:
        return SettingsShown(
            file=str(file.path),
            mark="",
            options=_told(options(running), abouts),
            fixed=fixed,
            problem=str(error),
        )
    found = options(now)
    values = {each.key: each.value for each in options(running)}
    here = {each.key: each.value for each in found}
    waiting = {key for key in values.keys() | here.keys() if values.get(key) != here.get(key)}
    if now.listen.sensitivity == sensitivity:
        waiting.discard(AT_ONCE)
    return SettingsShown(
        file=str(file.path),
        mark=state.mark,
        options=_told(found, abouts),
        waiting=tuple(sorted(waiting)),
        fixed=fixed,
        can_undo=file.can_undo(state.mark),
        problem=problem,
    )


def _told(found: Sequence[OptionShown], abouts: Abouts) -> tuple[OptionShown, ...]:
    """Each with what it is for in the language of the hub."""
    return tuple(
        msgspec.structs.replace(each, about=about(each.key, each.about, abouts)) for each in found
    )


def may_change(source: Source, keys: Iterable[str]) -> bool:
    """Raises ConfigError, OSError."""
    now = options(source.config(source.file.read().text))
    free = {each.key for each in now if each.form.kind != "none"} - set(_keys(source.over))
    return set(keys) <= free


def _keys(over: Settings, above: str = "") -> Iterator[str]:
    for key, value in over.items():
        if isinstance(value, Mapping):
            yield from _keys(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"
