"""Home Assistant's own conversation agent: a sentence in, what it says out. It may act."""

from dataclasses import dataclass, field
from typing import Literal

import msgspec

from integrations.homeassistant.connection import Connection
from integrations.homeassistant.errors import Lost
from integrations.homeassistant.protocol import FOREIGN, Json

_AGENT = "conversation.home_assistant"
"""The one that knows sentences; never a language model, whose deeds nobody foresees."""
_NOT_UNDERSTOOD = frozenset({"no_intent_match", "no_valid_targets"})


@dataclass(frozen=True, slots=True)
class Said:
    """`acted`: it did something, rather than answer a question or decline."""

    text: str = field(repr=False)
    acted: bool


class _Plain(msgspec.Struct, frozen=True):
    speech: str = ""


class _Speech(msgspec.Struct, frozen=True):
    plain: _Plain = _Plain()


class _Data(msgspec.Struct, frozen=True):
    code: str = ""


class _Response(msgspec.Struct, frozen=True):
    response_type: Literal["action_done", "query_answer", "error", "partial_action_done"]
    speech: _Speech = _Speech()
    data: _Data = _Data()


class _Answer(msgspec.Struct, frozen=True):
    response: _Response


async def converse(
    connection: Connection, text: str, language: str, *, patience: float
) -> Said | None:
    """None where it does not understand. Raises CommandRefused, Lost, TimeoutError."""
    fields: dict[str, Json] = {"text": text, "language": language, "agent_id": _AGENT}
    answer = await connection.ask("conversation/process", fields, patience=patience)
    try:
        found = msgspec.json.decode(answer, type=_Answer).response
    except msgspec.MsgspecError as error:
        raise Lost(FOREIGN) from error
    if found.response_type == "error" and found.data.code in _NOT_UNDERSTOOD:
        return None
    return Said(found.speech.plain.speech, acted="done" in found.response_type)
