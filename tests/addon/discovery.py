"""What the Supervisor is told of services, and tells Home Assistant: as Supervisor 2026.08 does it
(discovery/__init__.py, api/discovery.py); written anew, its code is not ours."""

import asyncio
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from tests.addon.app import DEFAULTS, config, rating

APP = "local_inglenook"
OF_CORE = "of-home-assistant"
"""The token that Home Assistant asks with; an app may not ask what others told."""

Json = dict[str, Any]
_UNLISTED = "Add-ons must list services they provide via discovery in their config!"


@dataclass
class Discovery:
    """`services`: that the app's configuration lists. `messages`: by their names."""

    services: tuple[str, ...] = field(default_factory=lambda: tuple(config()["discovery"]))
    messages: dict[str, Json] = field(default_factory=dict)
    _telling: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, request: web.Request, core: tuple[str, str] | None) -> web.Response:
        """From the app. `core`: address and token of a Home Assistant."""
        body = await request.json()
        if body["service"] not in self.services:
            return refused(_UNLISTED, 403)
        known = [each for each in self.messages.values() if each["service"] == body["service"]]
        if known and known[0]["config"] == body["config"]:
            return ok({"uuid": known[0]["uuid"]})
        message = known[0] if known else {"addon": APP, "uuid": uuid.uuid4().hex}
        self.messages[message["uuid"]] = message | body
        self._tell("POST", message | body, core)
        return ok({"uuid": message["uuid"]})

    async def remove(self, request: web.Request, core: tuple[str, str] | None) -> web.Response:
        message = self.messages.pop(request.match_info["uuid"], None)
        if message is None:
            return refused("Discovery message not found", 404)
        self._tell("DELETE", message, core)
        return ok({})

    def answer(self, path: str) -> web.Response | None:
        """What Home Assistant asks; None where that is something else."""
        if path == f"/addons/{APP}/info":
            return ok(info())
        if path == "/discovery":
            return ok({"discovery": list(self.messages.values()), "services": {}})
        if not path.startswith("/discovery/"):
            return None
        message = self.messages.get(path.removeprefix("/discovery/"))
        return ok(message) if message else refused("Discovery message not found", 404)

    def _tell(self, method: str, message: Json, core: tuple[str, str] | None) -> None:
        if core is not None:
            task = asyncio.create_task(_push(method, message, *core))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)


async def _push(method: str, message: Json, url: str, token: str) -> None:
    place = f"{url}/api/hassio_push/discovery/{message['uuid']}"
    told = {key: value for key, value in message.items() if key != "config"}
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        ClientSession(headers=headers) as session,
        session.request(method, place, json=told) as answer,
    ):
        answer.raise_for_status()


def ok(data: Json) -> web.Response:
    return web.json_response({"result": "ok", "data": data})


def refused(why: str, status: int = 400) -> web.Response:
    return web.json_response({"result": "error", "message": why}, status=status)


def info() -> Json:
    """Of the installed app, all that Home Assistant wants to be there."""
    app = config()
    kinds: Mapping[Callable[[], object], tuple[str, ...]] = {
        bool: ("advanced", "build", "changelog", "detached", "auto_update", "watchdog", "signed"),
        list: ("dns", "machine", "privileged", "devices", "schema"),
        dict: ("translations", "network", "network_description"),
        str: ("long_description", "url", "webui", "ingress_entry", "ingress_url"),
        lambda: None: ("audio_input", "audio_output", "ingress_panel"),
        lambda: True: ("available", "icon", "logo", "documentation", "protected"),
    }
    empty = {key: make() for make, keys in kinds.items() for key in keys}
    return {
        **DEFAULTS,
        **empty,
        **{key: value for key, value in app.items() if key != "schema"},
        "slug": APP,
        "repository": "local",
        "state": "started",
        "hostname": "local-inglenook",
        "version_latest": app["version"],
        "update_available": False,
        "rating": rating(app),
        "apparmor": "profile",
        "boot_config": "auto",
        "ip_address": "172.30.33.9",
        "system_managed": False,
        "system_managed_config_entry": None,
    }
