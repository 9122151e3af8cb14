"""Undoing: the service calls that bring what was called back to how it was. Pure.

What the home told of an entity is restored, nothing else: of a light that is off Home Assistant
tells no brightness, so it goes off again and no more. Only services that say where to end are used,
never steps, so that undoing twice does no harm. A restored list may be in another order.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest

from hub.services import Call
from hub.undoing.content import media_player, todo
from hub.undoing.devices import climate, cover, fan, light, water_heater
from hub.undoing.step import Step, Steps, attributes
from intents.home import Entity

_ON_OFF = (("on", "turn_on"), ("off", "turn_off"))
_STATES: Mapping[str, Mapping[str, str]] = {
    "lock": {
        "locked": "lock",
        "locking": "lock",
        "unlocked": "unlock",
        "unlocking": "unlock",
        "open": "unlock",
        "opening": "unlock",
    },
    "vacuum": {
        "cleaning": "start",
        "paused": "pause",
        "idle": "stop",
        "docked": "return_to_base",
        "returning": "return_to_base",
    },
    "lawn_mower": {
        "mowing": "start_mowing",
        "paused": "pause",
        "docked": "dock",
        "returning": "dock",
    },
    "automation": dict(_ON_OFF),
    "humidifier": dict(_ON_OFF),
    "input_boolean": dict(_ON_OFF),
    "remote": dict(_ON_OFF),
    "siren": dict(_ON_OFF),
    "switch": dict(_ON_OFF),
}
"""Domain -> state -> the service that leads there."""
_SPECIAL: Mapping[str, Callable[[Call, Entity, Entity], Steps]] = {
    "climate": climate,
    "cover": cover,
    "fan": fan,
    "light": light,
    "media_player": media_player,
    "todo": todo,
    "valve": cover,
    "water_heater": water_heater,
}


def restoring(done: Call, before: Sequence[Entity], now: Sequence[Entity]) -> tuple[Call, ...]:
    """The calls that undo `done`, in their order; none where it cannot be undone.

    `before`: the entities as they were just before `done`; `now`: as they are. An entity that is no
    more is left out. The calls are not judged: restoring an unlocked state is an unlock.
    """
    ids = {target.id for target in done.targets}
    present = {entity.id: entity for entity in now}
    undone = [
        (present[entity.id], _steps(done, entity, present[entity.id]))
        for entity in before
        if entity.id in ids and entity.id in present
    ]
    stages = zip_longest(*([(target, step) for step in steps] for target, steps in undone))
    return tuple(call for stage in stages for call in _calls(stage))


def _calls(stage: Sequence[tuple[Entity, Step] | None]) -> tuple[Call, ...]:
    """One call for all entities that need the same."""
    groups: list[tuple[Step, list[Entity]]] = []
    for target, step in filter(None, stage):
        alike = (g for s, g in groups if s == step and g[0].domain == target.domain)
        group = next(alike, None)
        if group is None:
            groups.append((step, [target]))
        else:
            group.append(target)
    return tuple(Call(g[0].domain, step.service, tuple(g), step.data) for step, g in groups)


def _steps(done: Call, before: Entity, now: Entity) -> Steps:
    special = _SPECIAL.get(before.domain)
    if special is not None:
        return special(done, before, now)
    step = _STATES.get(before.domain, {}).get(before.state or "")
    if step is None or (before.domain == "lock" and step == done.service):
        return attributes(done, before, now)
    return (Step(step), *attributes(done, before, now))
