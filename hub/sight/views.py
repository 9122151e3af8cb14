"""Which cameras and zones a wish is about. Pure."""

from collections.abc import Callable

from intents.home import Home, View, areas_called, floors_called, same
from intents.outdoors import is_outdoors
from intents.wishes import Wish


def views_of(wish: Wish, home: Home) -> tuple[View, ...]:
    """What a wish is about: a view by its name, those of a room or a floor, or all cameras."""
    slots = wish.slots
    if "view" in slots:
        return tuple(view for view in home.views if same(view.name, str(slots["view"])))
    if "area" in slots:
        areas = {area.id for area in areas_called(home, str(slots["area"]))}
        return _in(home, lambda view: view.area in areas)
    if "floor" in slots:
        floors = {floor.id for floor in floors_called(home, str(slots["floor"]))}
        areas = {area.id for area in home.areas if area.floor in floors}
        return _in(home, lambda view: view.area in areas)
    match slots.get("place"):
        case "unknown":
            return ()
        case "outside":
            rooms = {area.id for area in home.areas if is_outdoors(area.name)}
            return _in(home, lambda view: view.area in rooms or is_outdoors(view.name))
        case _:
            return tuple(view for view in home.views if view.is_camera)


def _in(home: Home, fits: Callable[[View], bool]) -> tuple[View, ...]:
    """Whole cameras before their zones, which would only count the same again."""
    found = tuple(view for view in home.views if fits(view))
    whole = {view.camera for view in found if view.is_camera}
    return tuple(view for view in found if view.is_camera or view.camera not in whole)
