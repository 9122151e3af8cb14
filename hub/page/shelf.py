"""The models with their licences, as `inglenook models list` tells them."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from hub.shelf.errors import ShelfError
from hub.shelf.lists import list_in_use
from hub.shelf.manifest import ModelFile
from hub.shelf.sets import previous_list
from hub.shelf.shelf import Shelf, State


class ModelShown(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    group: str
    state: State
    version: str
    licence: str
    size: int


class ModelsShown(msgspec.Struct, frozen=True, kw_only=True):
    """`serial` of the signed list in use; `previous`: of the one that a rollback would put back.
    `problem`: plain words.
    """

    serial: int = 0
    models: tuple[ModelShown, ...] = ()
    previous: int | None = None
    problem: str = ""


Models = Callable[[], ModelsShown]


def models(folder: Path) -> Models:
    """Before the seal: the list's signature is judged by a program of its own. What it gives looks
    at the disk: not for the event loop.
    """
    try:
        shelf = Shelf(folder, list_in_use(folder).manifest)
        before = previous_list(folder)
    except (ShelfError, OSError) as error:
        problem = ModelsShown(problem=str(error))
        return lambda: problem
    return lambda: ModelsShown(
        serial=shelf.manifest.serial,
        previous=before.serial if before is not None else None,
        models=tuple(_shown(file, shelf.state(file)) for file in shelf.manifest.files),
    )


def _shown(file: ModelFile, state: State) -> ModelShown:
    return ModelShown(
        name=file.name,
        group=file.group,
        state=state,
        version=file.version,
        licence=file.licence,
        size=file.size,
    )
