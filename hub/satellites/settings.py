"""What the launcher is told of a satellite."""

import msgspec


class Satellite(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`key`: as in the settings; `address`: a name or a number, with its port."""

    key: str
    host: str
    port: int
