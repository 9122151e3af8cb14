"""What the doctor finds of the button and its light."""

import os
from collections.abc import Iterator
from pathlib import Path

from hub.button.finding import NoButton, named
from hub.button.kernel import inputs, lights
from hub.button.settings import ButtonSettings
from hub.finding import Finding

_WIRE = "docs/appliance.md says how to wire one."
_RIGHTS = "docs/appliance.md says how the hub's user is given it."


def button(settings: ButtonSettings) -> Iterator[Finding]:
    """Nothing where the settings name none. Opens neither."""
    if settings.mute is not None:
        yield _button(settings.mute, Path(settings.root))
    if settings.light_folder is not None:
        yield _light(settings.light_folder, Path(settings.root))


def _button(mute: str, root: Path) -> Finding:
    try:
        found = named(mute, root)
    except NoButton as why:
        there = ", ".join(each.name for each in inputs(root) if not each.refused)
        advice = f"These are buttons: {there}." if there else _WIRE
        return Finding("button", "broken", str(why), advice)
    if not os.access(found.file, os.R_OK):
        return Finding("button", "note", f"{found.name}: you may not read it", _RIGHTS)
    return Finding("button", "works", found.name)


def _light(folder: Path, root: Path) -> Finding:
    if not (folder / "brightness").exists():
        there = lights(root)
        advice = f"These are: {', '.join(there)}." if there else _WIRE
        return Finding("light", "broken", f"{folder.name} is not in {folder.parent}", advice)
    if not os.access(folder / "brightness", os.W_OK):
        return Finding("light", "note", f"{folder.name}: you may not set it", _RIGHTS)
    return Finding("light", "works", folder.name)
