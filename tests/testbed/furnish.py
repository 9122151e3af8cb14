"""Puts things in their places in a fresh Home Assistant, over its websocket as its own pages do."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import aiohttp

Field = str | bool | list[str] | dict[str, str] | None


async def command(url: str, token: str, kind: str, **fields: Field) -> Mapping[str, object]:
    """As `answer`, where that is an object or nothing."""
    found = await answer(url, token, kind, **fields)
    return found if isinstance(found, dict) else {}


async def answer(url: str, token: str, kind: str, **fields: Field) -> object:
    """One command with its own connection: a stand apart from the client that is under test."""
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{url}/api/websocket") as ws:
        await ws.receive_json()
        await ws.send_json({"type": "auth", "access_token": token})
        await ws.receive_json()
        await ws.send_json({"id": 1, "type": kind, **fields})
        told = await ws.receive_json()
    if not told["success"]:
        raise RuntimeError(f"{kind}: {told['error']}")
    return told["result"]


async def _furnish(url: str, token: str) -> None:
    """A ground floor with a kitchen (and its light) and a living room."""
    floor = await command(
        url, token, "config/floor_registry/create", name="Ground floor", aliases=["downstairs"]
    )
    areas = [("Kitchen", ["galley"]), ("Living room", ["lounge"])]
    for name, aliases in areas:
        await command(
            url,
            token,
            "config/area_registry/create",
            name=name,
            aliases=aliases,
            floor_id=str(floor["floor_id"]),
        )
    await command(
        url,
        token,
        "config/entity_registry/update",
        entity_id="light.kitchen_light",
        area_id="kitchen",
        aliases=["big lamp"],
    )


def switch_off(url: str, token: str, light: str) -> None:
    """A light, by its entity id."""
    service = {"domain": "light", "service": "turn_off"}
    target = {"entity_id": light}
    asyncio.run(command(url, token, "call_service", **service, service_data=target))


def furnish(url: str, token: str) -> None:
    """In a thread: the caller may have an event loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _furnish(url, token)).result()
