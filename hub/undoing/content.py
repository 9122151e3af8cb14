"""Players and lists, as they were as far as that can be told. Pure."""

from hub.services import Call
from hub.undoing.step import OFF, Step, Steps, attributes
from intents.home import Entity

_PLAYING = {
    "playing": "media_play",
    "buffering": "media_play",
    "paused": "media_pause",
    "idle": "media_stop",
    "on": "media_stop",
}
"""State -> the service that leads there. On without more is taken for idle."""
_PLAYS_ELSE = frozenset({"media_next_track", "media_previous_track", "play_media"})
"""What played before cannot be played again from where it was."""
_OPPOSITE = {"volume_up": "volume_down", "volume_down": "volume_up"}


def media_player(done: Call, before: Entity, now: Entity) -> Steps:
    if done.service in _PLAYS_ELSE:
        return ()
    rest = attributes(done, before, now)
    if done.service in _OPPOSITE and before.attributes.get("volume_level") is None:
        rest = (*rest, Step(_OPPOSITE[done.service]))
    if before.state in OFF:
        return (*rest, Step("turn_off"))
    playing = _PLAYING.get(before.state or "")
    if playing is None:
        return rest
    if now.state in OFF or done.service == "turn_off":
        # Woken, it is idle by itself.
        is_idle = before.state == "on" or playing == "media_stop"
        return (Step("turn_on"), *rest, *(() if is_idle else (Step(playing),)))
    changed = before.state != now.state or done.service.startswith("media_p")
    return (*rest, Step(playing)) if changed else rest


def todo(done: Call, before: Entity, _: Entity) -> Steps:
    """Home Assistant does not tell what is on a list; where the home does, as it was spelled."""
    item = str(done.data.get("item", ""))
    known = "items" in before.attributes
    open_before, done_before = (_spelled(item, before, name) for name in ("items", "completed"))
    match done.service, done.data.get("status"):
        case "add_item", _:
            return (Step("remove_item", {"item": item}),)
        case "remove_item", _:
            spelled = open_before or done_before or item
            added = Step("add_item", {"item": spelled})
            complete = Step("update_item", {"item": spelled, "status": "completed"})
            return (added, complete) if done_before and not open_before else (added,)
        case "update_item", "completed" if not known or open_before:
            return (Step("update_item", {"item": item, "status": "needs_action"}),)
        case "update_item", "needs_action" if not known or not open_before:
            return (Step("update_item", {"item": item, "status": "completed"}),)
        case _:
            return ()


def _spelled(item: str, entity: Entity, name: str) -> str | None:
    value = entity.attributes.get(name)
    among = [str(each) for each in value] if isinstance(value, tuple) else []
    found = (each for each in among if each.casefold() == item.casefold())
    return item if item in among else next(found, None)
