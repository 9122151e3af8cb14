"""Home Assistant asked over its web interface, as a browser asks."""

import asyncio
import json
import urllib.request
from collections.abc import Mapping
from typing import Any

from tests.testbed.furnish import answer
from tests.testbed.homeassistant import RunningHomeAssistant


def post(home: RunningHomeAssistant, path: str, **fields: object) -> dict[str, object]:
    """The answer to POST /api/`path`."""
    found: dict[str, object] = json.loads(
        ask(home, f"api/{path}", json.dumps(fields).encode(), {"Content-Type": "application/json"})
    )
    return found


def ask(
    home: RunningHomeAssistant,
    path: str,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    method: str | None = None,
) -> bytes:
    """What it answers; with `content` it is posted. Raises HTTPError."""
    request = urllib.request.Request(
        f"{home.url}/{path.removeprefix('/')}",
        content,
        {"Authorization": f"Bearer {home.token}", **(headers or {})},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        found: bytes = response.read()
    return found


def add_wyoming(home: RunningHomeAssistant, port: int) -> str:
    """Its own integration, by its config flow; gives the entry."""
    flow = post(home, "config/config_entries/flow", handler="wyoming")
    done = post(home, f"config/config_entries/flow/{flow['flow_id']}", host="127.0.0.1", port=port)
    assert done["type"] == "create_entry", done
    entry = done["result"]
    assert isinstance(entry, dict)
    return str(entry["entry_id"])


def discovered(home: RunningHomeAssistant, source: str) -> list[dict[str, Any]]:
    """What it has found in that way (zeroconf, hassio) of Wyoming, and asks its owner about."""
    flows = asyncio.run(answer(home.url, home.token, "config_entries/flow/progress"))
    assert isinstance(flows, list)
    wanted = ("wyoming", source)
    return [flow for flow in flows if (flow["handler"], flow["context"]["source"]) == wanted]


def add_discovered(home: RunningHomeAssistant, flow: Mapping[str, Any]) -> dict[str, object]:
    """As its owner does who presses Add."""
    return post(home, f"config/config_entries/flow/{flow['flow_id']}")


def remove_entry(home: RunningHomeAssistant, entry: str) -> None:
    ask(home, f"api/config/config_entries/entry/{entry}", method="DELETE")
