"""To-do lists: what stands on one. Items are not states, so that they have to be asked for."""

import msgspec

from integrations.homeassistant.connection import Connection
from integrations.homeassistant.errors import Lost
from integrations.homeassistant.protocol import FOREIGN, Json


class _Item(msgspec.Struct, frozen=True):
    summary: str
    status: str = "needs_action"


class _Items(msgspec.Struct, frozen=True):
    items: tuple[_Item, ...]


class _Answer(msgspec.Struct, frozen=True):
    response: dict[str, _Items]


async def items(connection: Connection, entity_id: str, *, patience: float) -> tuple[str, ...]:
    """Those still to be done. Raises CommandRefused, Lost, TimeoutError."""
    fields: dict[str, Json] = {
        "domain": "todo",
        "service": "get_items",
        "target": {"entity_id": entity_id},
        "service_data": {"status": ["needs_action"]},
        "return_response": True,
    }
    answer = await connection.ask("call_service", fields, patience=patience)
    try:
        held = msgspec.json.decode(answer, type=_Answer).response
    except msgspec.MsgspecError as error:
        raise Lost(FOREIGN) from error
    return tuple(item.summary for each in held.values() for item in each.items)
