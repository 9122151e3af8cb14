"""A turn as the page tells it: as much of it as a soak looks at."""

import msgspec


class WishTold(msgspec.Struct, frozen=True):
    intent: str


class ActionTold(msgspec.Struct, frozen=True):
    result: str
    targets: tuple[str, ...] = ()


class SecondsTold(msgspec.Struct, frozen=True):
    total: float = 0.0


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    at: float
    way: str
    wishes: tuple[WishTold, ...]
    actions: tuple[ActionTold, ...]
    reply: str
    seconds: SecondsTold
    words: str | None = None
    reason: str | None = None


class Turns(msgspec.Struct, frozen=True):
    turns: tuple[Turn, ...]


class ConnectionTold(msgspec.Struct, frozen=True):
    standing: str


class Now(msgspec.Struct, frozen=True):
    assist: str
    broker: ConnectionTold


class WaitingTold(msgspec.Struct, frozen=True):
    id: int
    at: float | None
    rings: bool


class HomeTold(msgspec.Struct, frozen=True):
    waiting: tuple[WaitingTold, ...]
