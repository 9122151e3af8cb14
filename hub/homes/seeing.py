"""A home with what the hub's own cameras show of it."""

from collections.abc import Callable
from dataclasses import replace

from hub.homes.backend import Backend
from hub.services import Call
from hub.turn import Result
from intents.home import Entity, Home, View


class SeeingHome:
    def __init__(self, inner: Backend, views_of: Callable[[Home], tuple[View, ...]]) -> None:
        self._inner = inner
        self._views_of = views_of
        self.granted: Result = inner.granted
        self._of = inner.home
        self._home = self._seen(self._of)

    @property
    def home(self) -> Home:
        now = self._inner.home
        if now is not self._of:
            self._of, self._home = now, self._seen(now)
        return self._home

    def _seen(self, home: Home) -> Home:
        return replace(home, views=self._views_of(home))

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
