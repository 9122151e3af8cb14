"""Home Assistant asked over its web interface, as a browser asks."""

import json
import urllib.request
from collections.abc import Mapping

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
        answer: bytes = response.read()
    return answer


def add_wyoming(home: RunningHomeAssistant, port: int) -> str:
    """Its own integration, by its config flow; gives the entry."""
    flow = post(home, "config/config_entries/flow", handler="wyoming")
    done = post(home, f"config/config_entries/flow/{flow['flow_id']}", host="127.0.0.1", port=port)
    assert done["type"] == "create_entry", done
    entry = done["result"]
    assert isinstance(entry, dict)
    return str(entry["entry_id"])


def remove_entry(home: RunningHomeAssistant, entry: str) -> None:
    ask(home, f"api/config/config_entries/entry/{entry}", method="DELETE")
