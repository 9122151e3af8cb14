"""What is not said aloud while guests are in the room, as far as its cameras can tell. Pure.

A guest is anybody in view who is not known by name. Where a camera shows the room and cannot tell
at the moment, it is private: in doubt nothing is said. A room without a camera is as it was; where
nobody knows the room, it may be that of any camera.
"""

from hub.sight.scene import Scene
from intents.home import Home, where
from intents.wishes import Wish
from vision.events import PICTURE

_PRIVATE = frozenset(
    {"HubListStatus", "HubListItem", "HubReminderStatus", "HubAlarmStatus", "HubWho", "HubWhere"}
    | {"HubLastSeen", "HubRecall", "HubRepeat", "HubWhy", "HubScheduleStatus"}
)
"""What is on lists, what is planned, who was where, what was done."""
_DOMAINS = frozenset({"lock", "alarm_control_panel", "person", "calendar"})
"""Of questions about how things are: what tells a burglar something."""


def is_private(wish: Wish, home: Home) -> bool:
    if wish.intent in _PRIVATE:
        return True
    if wish.intent != "HassGetState":
        return False
    name = wish.slots.get("name")
    domains = {each.domain for each in home.entities if each.name == name}
    return bool(_DOMAINS & (domains | {str(wish.slots.get("domain", ""))}))


def guests(scene: Scene, home: Home, area: str | None, now: float) -> bool:
    """Whether a guest is, or may be, in the room of this name or id; None: in any."""
    room = where(home, area)
    keys = {v.camera for v in home.views if v.is_camera and (room is None or v.area == room.id)}
    for key in keys & scene.cameras.keys():
        seen = scene.cameras[key]
        place = seen.places.get(PICTURE)
        if not seen.fresh(now) or place is None:
            return True
        if place.counts.get("person", 0) > len(place.names):
            return True
    return False
