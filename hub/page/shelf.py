"""The models with their licences, as `inglenook models list` tells them."""

from pathlib import Path

import msgspec

from hub.shelf.errors import ShelfError
from hub.shelf.lists import list_in_use
from hub.shelf.shelf import Shelf, State


class ModelShown(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    group: str
    state: State
    version: str
    licence: str
    size: int


class ModelsShown(msgspec.Struct, frozen=True, kw_only=True):
    """`serial` of the signed list in use. `problem`: plain words."""

    serial: int = 0
    models: tuple[ModelShown, ...] = ()
    problem: str = ""


def models(folder: Path) -> ModelsShown:
    """Reads the disk: not for the event loop."""
    try:
        shelf = Shelf(folder, list_in_use(folder).manifest)
    except (ShelfError, OSError) as error:
        return ModelsShown(problem=str(error))
    found = tuple(
        ModelShown(
            name=file.name,
            group=file.group,
            state=shelf.state(file),
            version=file.version,
            licence=file.licence,
            size=file.size,
        )
        for file in shelf.manifest.files
    )
    return ModelsShown(serial=shelf.manifest.serial, models=found)
