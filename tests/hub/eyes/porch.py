"""A hub beside a real Home Assistant, whose one camera sees people come to the front door."""

from pathlib import Path

from tests.hub.beside import hub_beside
from tests.hub.eyes.scenes import visits
from tests.hub.running import RunningHub
from tests.testbed.homeassistant import RunningHomeAssistant

_CORNERS = [[0.2, 0.2], [0.8, 0.2], [0.8, 1.0], [0.2, 1.0]]


def hub_at_the_porch(folder: Path, data: Path, home: RunningHomeAssistant) -> RunningHub:
    """Its replies go to replies.wav in the folder."""
    porch = {
        "file": str(visits(data, folder / "visits.mp4")),
        "zones": {"front_door": {"name": "front door", "corners": _CORNERS}},
        "publish": {"counts": "exact"},
    }
    return hub_beside(home, folder, cameras={"porch": porch})
