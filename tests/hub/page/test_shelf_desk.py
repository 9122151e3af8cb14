"""The way back to the models before: who may take it on the page, and what the launcher is told."""

from pathlib import Path

import pytest

from hub.changing.source import source
from hub.config import Config
from hub.messages import Restart
from hub.page.settings import SettingsDesk
from hub.page.shelf import ModelsShown, ShelfDesk
from integrations.web.site import Declined
from tests.hub.page.parts import Stage


def desk(page: Stage, state: Path, *, may_loosen: bool) -> ShelfDesk:
    """Of a shelf that keeps the list before."""
    own, household = source(state / "inglenook.yaml", None), page.parts.household
    settings = SettingsDesk(own, Config(), household, may_loosen=may_loosen)
    return ShelfDesk(lambda: ModelsShown(serial=7, previous=6), settings)


async def test_without_a_list_before_there_is_no_way_back(guarded: Stage) -> None:
    told = await (await guarded.client.get("/api/models")).json()
    assert (told["previous"], told["may_go_back"]) == (None, False)
    answer = await guarded.do("models-back", {})
    assert answer.status == 409
    assert "no list of models before" in (await answer.json())["problem"]
    assert Restart(models="previous") not in guarded.told


async def test_the_hub_starts_anew_with_the_models_before(owned: Stage, state: Path) -> None:
    shelf = desk(owned, state, may_loosen=True)
    assert (await shelf.show()).may_go_back
    await shelf.back(b"")
    assert owned.told[-1] == Restart(models="previous")


async def test_a_page_without_a_password_goes_nowhere(owned: Stage, state: Path) -> None:
    shelf = desk(owned, state, may_loosen=False)
    assert not (await shelf.show()).may_go_back
    with pytest.raises(Declined, match="without a password"):
        await shelf.back(b"")
    assert Restart(models="previous") not in owned.told
