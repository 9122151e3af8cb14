"""What the page sends, read; and the answer where there is nothing to tell."""

from typing import TypeVar

import msgspec

from integrations.web.site import BadRequest

_T = TypeVar("_T", bound=msgspec.Struct)


class Done(msgspec.Struct, frozen=True):
    done: bool = True


def read(body: bytes, kind: type[_T]) -> _T:
    """Raises BadRequest."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRequest("That was not understood.") from error
