"""Home Assistant's websocket messages as typed values. Pure: text in, values out, and back."""

from collections.abc import Mapping, Sequence

import msgspec

from integrations.homeassistant.errors import Lost

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

FOREIGN = "What answers there does not speak Home Assistant's language."
NULL = msgspec.Raw(b"null")


class AuthRequired(msgspec.Struct, frozen=True, tag_field="type", tag="auth_required"):
    pass


class AuthOk(msgspec.Struct, frozen=True, tag_field="type", tag="auth_ok"):
    ha_version: str = ""


class AuthInvalid(msgspec.Struct, frozen=True, tag_field="type", tag="auth_invalid"):
    pass


class Fault(msgspec.Struct, frozen=True):
    code: str | int = "unknown_error"
    message: str = ""


class Result(msgspec.Struct, frozen=True, tag_field="type", tag="result"):
    """The answer to the request of the same `id`; `result` is left as JSON for who asked."""

    id: int
    success: bool
    result: msgspec.Raw = NULL
    error: Fault | None = None


class Event(msgspec.Struct, frozen=True, tag_field="type", tag="event"):
    """Something a subscription was waiting for; `id` is that of the subscribing request."""

    id: int
    event: msgspec.Raw = NULL


Message = AuthRequired | AuthOk | AuthInvalid | Result | Event

_message = msgspec.json.Decoder(Message)


def parse(text: str | bytes) -> Message:
    """Raises Lost for anything that Home Assistant would not say."""
    try:
        message: Message = _message.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise Lost(FOREIGN) from error
    return message


def auth(token: str) -> str:
    return msgspec.json.encode({"type": "auth", "access_token": token}).decode()


def request(number: int, kind: str, fields: Mapping[str, Json]) -> str:
    """`number` must be higher than any before it on this connection."""
    return msgspec.json.encode({**fields, "id": number, "type": kind}).decode()
