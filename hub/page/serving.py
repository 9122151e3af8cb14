"""The page joined to the house: what it shows, what it may do, and who may open it."""

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator, Callable

from hub.build import Parts
from hub.changing.secrets import GivenSecrets
from hub.changing.source import Source
from hub.config import Config
from hub.network import page_address, page_password
from hub.page.abouts import abouts
from hub.page.cameras import CamerasShown, cameras
from hub.page.connecting import Connecting, in_use
from hub.page.desk import Desk
from hub.page.files import files
from hub.page.live import Part, follow
from hub.page.loudness import Meter
from hub.page.now import ears, now
from hub.page.refused import Refused
from hub.page.rooms import home
from hub.page.settings import SettingsDesk
from hub.page.shelf import Models, ShelfDesk
from hub.page.turns import turns
from hub.page.wall import WallShown, wall
from hub.paths import state_folder
from hub.samples import can_play
from hub.version import VERSION
from integrations.web.entrance import Entrance
from integrations.web.server import Server, served
from integrations.web.sessions import Sessions
from integrations.web.site import Do, News, Site

_SUPERVISOR = "172.30.32.2"
"""Home Assistant's Supervisor, as every app sees it."""
_TRY_AGAIN = 30.0


class Page:
    """Made before anything is served: its files are read, its password too."""

    def __init__(
        self,
        config: Config,
        parts: Parts,
        models: Models,
        source: Source,
        supervisor: str = _SUPERVISOR,
    ) -> None:
        """Raises SecretMissing."""
        section = config.page
        assert section is not None, "there is no page without its section"
        self._address = page_address(section)
        entrance = Entrance(supervisor if section.ingress else None, own_names())
        password = page_password(section)
        settings = SettingsDesk(
            source,
            config,
            parts.household,
            may_loosen=bool(password) or section.ingress,
            abouts=abouts(config.language),
        )
        given = GivenSecrets(state_folder() / "secrets", source.file, in_use(config))
        connecting = Connecting(settings, given, parts.guard.ledger.expect)
        made = site(config, parts, models, settings, connecting)
        server = Server(made, entrance, Sessions(password))
        self.app = server.app()

    async def run(self, tell: Callable[[str], None]) -> None:
        """For ever; without the page, while its address cannot be had, the hub goes on."""
        host, port = self._address
        where = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        was_told = False
        while True:
            try:
                async with served(self.app, host, port):
                    tell(f"The page is at {where}")
                    await asyncio.Event().wait()
            except OSError as error:
                if not was_told:
                    why = os.strerror(error.errno) if error.errno else str(error)
                    tell(f"The page cannot be served at {where} ({why}); trying on.")
                was_told = True
            await asyncio.sleep(_TRY_AGAIN)


def own_names() -> frozenset[str]:
    """Names by which browsers call this machine."""
    name = socket.gethostname().lower()
    bare = name.split(".")[0]
    return frozenset({"localhost", name, bare, f"{bare}.local"})


def site(
    config: Config, parts: Parts, models: Models, settings: SettingsDesk, connecting: Connecting
) -> Site:
    in_app = config.page is not None and config.page.ingress
    shelf = ShelfDesk(models, settings)

    async def show_wall() -> WallShown:
        return wall(parts.guard, time.time(), in_app=in_app)

    return Site(
        greeting={"name": config.name, "version": VERSION},
        files=files(config.language),
        shows={
            "wall": show_wall,
            "models": shelf.show,
            "settings": settings.show,
            "connections": connecting.show,
        },
        does={
            **_of_the_home(Desk(parts, can_play(config)), Refused(parts.household)),
            "save": settings.save,
            "save-zones": settings.save_zones,
            "undo": settings.undo,
            "restart": settings.restart,
            "models-back": shelf.back,
            "connect-home": connecting.home,
            "connect-broker": connecting.broker,
        },
        follow=lambda: _news(config, parts),
    )


def _of_the_home(desk: Desk, refused: Refused) -> dict[str, Do]:
    """What is done with the home; the rest is done with the hub."""
    return {
        "mute": desk.mute,
        "ask": desk.ask,
        "stop": desk.stop,
        "play": desk.play,
        "forget": desk.forget,
        "camera": desk.camera,
        "outline": desk.outline,
        "meant": refused.meant,
        "unlearn": refused.unlearn,
        "alarm": refused.alarm,
        "sensitivity": refused.sensitivity,
    }


def _news(config: Config, parts: Parts) -> AsyncIterator[News | None]:
    def seen() -> CamerasShown:
        return cameras(parts.eyes, config.cameras)

    household, given = parts.household, ears(config)
    meter = Meter(household)
    return follow(
        (
            Part("now", lambda: now(parts, given), 0.25),
            Part("turns", lambda: turns(household), 0.25, lambda: household.turns),
            Part("home", lambda: home(parts), 1.0),
            Part("cameras", seen, 1.0),
            Part("level", meter.show, 0.25),
        )
    )
