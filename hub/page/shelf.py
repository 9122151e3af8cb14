"""The models with their licences, as `inglenook models list` tells them, and the way back."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from hub.messages import Restart
from hub.page.bodies import Done
from hub.page.settings import SettingsDesk
from hub.shelf.errors import ShelfError
from hub.shelf.lists import list_in_use
from hub.shelf.manifest import ModelFile
from hub.shelf.sets import previous_list
from hub.shelf.shelf import Shelf, State
from integrations.web.site import Declined


class ModelShown(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    group: str
    state: State
    version: str
    licence: str
    size: int


class ModelsShown(msgspec.Struct, frozen=True, kw_only=True):
    """`serial` of the signed list in use; `previous`: of the one that a rollback would put back.
    `problem`: plain words. `may_go_back`: that may be done on this page.
    """

    serial: int = 0
    models: tuple[ModelShown, ...] = ()
    previous: int | None = None
    problem: str = ""
    may_go_back: bool = False


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


@dataclass(frozen=True, slots=True)
class ShelfDesk:
    """The house may start no program, as judging a signature needs: so a rollback is done by the
    hub that is started after this one, before anything of it is sealed.
    """

    models: Models
    settings: SettingsDesk

    async def show(self) -> ModelsShown:
        found = await asyncio.to_thread(self.models)
        may = self.settings.may_loosen and found.previous is not None
        return msgspec.structs.replace(found, may_go_back=may)

    async def back(self, _body: bytes) -> Done:
        """The list before this one, and a new start with its models. Raises Declined."""
        if not self.settings.may_loosen:
            raise Declined("A page without a password may not change the models.")
        if (await self.show()).previous is None:
            raise Declined("There is no list of models before this one.")
        return await self.settings.start_anew(Restart(models="previous"))
