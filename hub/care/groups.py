"""What a group stands for: to open a group of covers is to open each of them."""

from intents.home import Entity, Home

_MEMBERS = "entity_id"
"""The attribute in which Home Assistant's groups name their members."""


def with_members(thing: Entity, home: Home) -> tuple[Entity, ...]:
    """The thing, and if it is a group, its members of the same kind, and theirs. One that this home
    does not show is known by its id alone.
    """
    known = {entity.id: entity for entity in home.entities}
    found = {thing.id: thing}
    waiting = [thing]
    while waiting:
        for name in _named(waiting.pop()):
            if name not in found and name.partition(".")[0] == thing.domain:
                found[name] = known.get(name) or _unseen(name)
                waiting.append(found[name])
    return tuple(found.values())


def _named(thing: Entity) -> tuple[str, ...]:
    members = thing.attributes.get(_MEMBERS)
    return tuple(map(str, members)) if isinstance(members, tuple) else ()


def _unseen(name: str) -> Entity:
    domain, _, plain = name.partition(".")
    return Entity(name, plain.replace("_", " "), domain)
