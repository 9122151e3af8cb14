"""A home whose things have, besides their own names, those that people taught."""

from hub.aliases import Aliases, with_aliases
from hub.homes.backend import Backend
from hub.services import Call
from hub.turn import Result
from intents.home import Entity, Home


class TaughtHome:
    def __init__(self, inner: Backend, aliases: Aliases) -> None:
        self._inner = inner
        self._aliases = aliases
        self.granted: Result = inner.granted
        self._of = inner.home, aliases.all
        self._home = with_aliases(*self._of)

    @property
    def home(self) -> Home:
        of = self._inner.home, self._aliases.all
        if of[0] is not self._of[0] or of[1] is not self._of[1]:
            self._of, self._home = of, with_aliases(*of)
        return self._home

    @property
    def known(self) -> bool:
        return self._inner.known

    @property
    def age(self) -> float | None:
        return self._inner.age

    async def call(self, call: Call) -> None:
        await self._inner.call(call)

    async def items(self, todo: Entity) -> tuple[str, ...]:
        return await self._inner.items(todo)
