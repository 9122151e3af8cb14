"""Whether anybody is in a room, as far as its cameras can tell. Pure."""

from collections.abc import Sequence

from hub.sight.scene import Scene
from intents.home import View
from vision.events import PICTURE

_LINGERS = 60.0
"""Seconds for which somebody who went out of sight may still be there, behind a door say."""


def anybody(scene: Scene, views: Sequence[View], area: str, now: float) -> bool | None:
    """In the area of this id. None where no camera shows it, or one that does cannot tell."""
    keys = {view.camera for view in views if view.area == area and view.is_camera}
    seen = [scene.cameras[key] for key in keys if key in scene.cameras]
    if not seen or len(seen) < len(keys):
        return None
    if not all(each.fresh(now) and PICTURE in each.places for each in seen):
        return None
    if any(each.places[PICTURE].counts.get("person") for each in seen):
        return True
    recent = any(now - each.last.get(PICTURE, now - _LINGERS) < _LINGERS for each in seen)
    return None if recent else False
