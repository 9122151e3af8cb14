"""Finds the button that the settings name, and opens it if it is one."""

import os
from collections.abc import Callable
from pathlib import Path

from hub.button.kernel import Input, inputs
from hub.button.keys import NotAButton, muting

KeysOf = Callable[[int], frozenset[int]]
"""Asks the kernel for the keys of an open device; raises OSError."""


class NoButton(Exception):
    """In plain words why there is none."""


def named(mute: str, root: Path) -> Input:
    """Of several with one name (a headset may have two) the first that is a button.

    Raises NoButton.
    """
    if mute.startswith("/"):
        file = str((root / mute[1:]).resolve())
        found = [each for each in inputs(root) if each.file == file]
    else:
        found = [each for each in inputs(root) if each.name == mute]
    if not found:
        raise NoButton(f"The button {mute} is not there: `inglenook devices` lists those that are.")
    buttons = [each for each in found if not each.refused]
    if not buttons:
        raise NoButton(f"The button {mute} is not used: {found[0].refused}.")
    return buttons[0]


def opened(mute: str, root: Path, keys_of: KeysOf) -> tuple[int, int]:
    """A descriptor that no child inherits, and the key that mutes. Raises NoButton."""
    file = named(mute, root).file
    try:
        fd = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except PermissionError as error:
        advice = "docs/appliance.md says how the hub's user may read it"
        raise NoButton(f"The button {mute} may not be read: {advice}.") from error
    except OSError as error:
        raise NoButton(f"The button {mute} cannot be opened: {error.strerror}.") from error
    try:
        return fd, muting(keys_of(fd))
    except (NotAButton, OSError) as error:
        os.close(fd)
        why = error.strerror if isinstance(error, OSError) else error
        raise NoButton(f"The button {mute} is not used: {why}.") from error
