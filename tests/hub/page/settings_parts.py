"""A hub with an owner's file, and what its page saves."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.hub.page.parts import Stage

ZONE = {"corners": [[0.2, 0.2], [0.8, 0.2], [0.8, 0.9]], "labels": ["person", "cat"]}
NEVER = [[0.0, 0.0], [0.5, 0.0], [0.5, 0.5]]
CAMERA = {"url": "rtsp://192.0.2.9/x", "zones": {"step": ZONE}, "never_see": [NEVER]}
OWN: Mapping[str, object] = {"page": {}, "area": "Kitchen", "cameras": {"porch": CAMERA}}
NEW = {"key": "mat", "name": "door mat", "corners": [[0.1, 0.1], [0.2, 0.1], [0.2, 0.3]]}


@dataclass
class Own:
    """The owner's file."""

    path: Path

    @property
    def text(self) -> str:
        return self.path.read_text()

    @property
    def values(self) -> dict[str, Any]:
        found = yaml.safe_load(self.text)
        assert isinstance(found, dict)
        return found

    def write(self, text: str) -> None:
        self.path.write_text(text)


async def shown(page: Stage) -> dict[str, Any]:
    told = await (await page.client.get("/api/settings")).json()
    assert isinstance(told, dict)
    return told


async def save(
    page: Stage, changes: Mapping[str, object], name: str = "save", **more: object
) -> tuple[int, dict[str, Any]]:
    body = {"mark": (await shown(page))["mark"], **more}
    given = {"changes": changes} if name == "save" else changes
    answer = await page.do(name, {**body, **given})
    told = await answer.json()
    assert isinstance(told, dict)
    return answer.status, told
