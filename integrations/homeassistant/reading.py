"""Asking Home Assistant for its registries, exposure and aliases: JSON in, typed entries out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from integrations.homeassistant.connection import Connection
from integrations.homeassistant.errors import CommandRefused, Lost, Refused
from integrations.homeassistant.protocol import Json
from integrations.homeassistant.registry import (
    AreaEntry,
    CoreConfig,
    DeviceEntry,
    EntityEntry,
    ExposedList,
    ExposeNew,
    Exposure,
    FloorEntry,
    Named,
    Registries,
    areas,
    device_areas,
    floors,
    words,
)

T = TypeVar("T")


async def read_registries(connection: Connection, *, patience: float) -> Registries:
    """Raises Lost or Refused, as `answer` does."""
    entries = await answer(connection, "config/entity_registry/list", list[EntityEntry], patience)
    devices = await answer(connection, "config/device_registry/list", list[DeviceEntry], patience)
    return Registries(
        floors(await answer(connection, "config/floor_registry/list", list[FloorEntry], patience)),
        areas(await answer(connection, "config/area_registry/list", list[AreaEntry], patience)),
        device_areas(devices),
        {entry.entity_id: entry for entry in entries},
        await read_exposure(connection, patience=patience),
        (await answer(connection, "get_config", CoreConfig, patience)).place,
    )


async def read_exposure(connection: Connection, *, patience: float) -> Exposure:
    core = await answer(connection, "get_config", CoreConfig, patience)
    listed = await answer(connection, "homeassistant/expose_entity/list", ExposedList, patience)
    new = await answer(
        connection,
        "homeassistant/expose_new_entities/get",
        ExposeNew,
        patience,
        {"assistant": "conversation"},
    )
    exposed = (key for key, to in listed.exposed_entities.items() if to.conversation)
    complete = core.state == "RUNNING" and "conversation" in core.components
    return Exposure(frozenset(exposed), new.expose_new, complete)


async def read_aliases(
    connection: Connection, entity_ids: Sequence[str], *, patience: float
) -> Mapping[str, tuple[str, ...]]:
    """For entities that stand in the registry; only there can they have aliases."""
    if not entity_ids:
        return {}
    entries = await answer(
        connection,
        "config/entity_registry/get_entries",
        dict[str, Named | None],
        patience,
        {"entity_ids": entity_ids},
    )
    return {key: words(entry.aliases) for key, entry in entries.items() if entry is not None}


async def answer(
    connection: Connection,
    kind: str,
    shape: type[T],
    patience: float,
    fields: Mapping[str, Json] | None = None,
) -> T:
    """Raises as `plainly` does."""
    with plainly(kind):
        return msgspec.json.decode(
            await connection.ask(kind, fields, patience=patience), type=shape
        )


@contextmanager
def plainly(kind: str) -> Iterator[None]:
    """Refused for a user without the right or a release without the command, else Lost."""
    try:
        yield
    except TimeoutError as error:
        raise Lost("Home Assistant takes too long to answer.") from error
    except msgspec.DecodeError as error:
        raise Lost(f"Home Assistant's answer to {kind} cannot be read.") from error
    except CommandRefused as error:
        raise _unusable(kind, error) from error


def _unusable(kind: str, refused: CommandRefused) -> Lost | Refused:
    match refused.code:
        case "unauthorized":
            return Refused(
                "The token's user may not see what is exposed to voice: "
                "make the token as an administrator of Home Assistant."
            )
        case "unknown_command":
            return Refused(
                f"This Home Assistant does not know {kind}: update it to 2024.11 or later."
            )
        case _:
            return Lost(f"Home Assistant could not answer {kind}.")
