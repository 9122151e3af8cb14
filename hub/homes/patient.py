"""A home that may be away for a while: what is harmless to do later waits for it.

Only what says where to end may wait, and only for things that hurt nobody if they are switched
minutes later: never a lock, a cover, a valve, an alarm, a siren, a script or a scene. What waits is
lost when the hub stops.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType

from hub.homes.backend import Backend, CallFailed, HomeLost, Waits
from hub.services import Call
from hub.turn import Result
from intents.home import Entity, Home

PATIENCE = 180.0
"""Seconds that a wish waits: a Home Assistant on a small machine restarts in less."""
_MOST = 100
"""Things that something may wait for."""
_ON_OFF = frozenset({"turn_on", "turn_off"})
_MAY_WAIT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "light": _ON_OFF,
        "switch": _ON_OFF,
        "input_boolean": _ON_OFF,
        "fan": _ON_OFF | {"set_percentage"},
        "media_player": _ON_OFF
        | {"media_play", "media_pause", "media_stop", "volume_set", "volume_mute"},
        "climate": frozenset({"set_temperature", "set_fan_mode"}),
    }
)
_NOT_THERE = frozenset({"unavailable", None})
"""States of what a Home Assistant that has just started does not reach yet."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    number: int
    call: Call
    since: float

    def about(self, targets: Sequence[Entity]) -> "_Waiting":
        return replace(self, call=replace(self.call, targets=tuple(targets)))


@dataclass(frozen=True, slots=True)
class Settled:
    """What waited and waits no more. `late`: the home did not come back in time; `failed`: it did
    not do it, or the rules of care forbid it by now.
    """

    done: tuple[Call, ...] = ()
    late: tuple[Call, ...] = ()
    failed: tuple[Call, ...] = ()


class PatientHome:
    """`is_free`: whether the rules of care let anybody have this at any time; what does not pass
    never waits. `clock`: seconds that never go back.
    """

    def __init__(
        self, inner: Backend, is_free: Callable[[Call], bool], clock: Callable[[], float]
    ) -> None:
        self._inner = inner
        self._is_free = is_free
        self._clock = clock
        self._numbers = count()
        self._waiting: dict[str, _Waiting] = {}
        """By the id of the entity: the newest wish is the one that counts."""
        self.granted: Result = inner.granted

    @property
    def home(self) -> Home:
        return self._inner.home

    @property
    def known(self) -> bool:
        return self._inner.known

    @property
    def age(self) -> float | None:
        return self._inner.age

    async def items(self, todo: Entity) -> tuple[str, ...]:
        return await self._inner.items(todo)

    async def call(self, call: Call) -> None:
        """Raises CallFailed; Waits, where it will be done later."""
        try:
            await self._inner.call(call)
        except HomeLost as error:
            if not self._may_wait(call):
                raise
            waiting = _Waiting(next(self._numbers), call, self._clock())
            self._waiting |= {target.id: waiting for target in call.targets}
            raise Waits(str(error)) from error
        for target in call.targets:
            self._waiting.pop(target.id, None)

    async def settle(self) -> Settled:
        """Do what waits, where its things are there again; give up what has waited too long."""
        oldest = self._clock() - PATIENCE
        late = [each for each in self._all() if each.since < oldest]
        for each in late:
            self._forget(each)
        done: list[Call] = []
        failed: list[Call] = []
        for each in self._ready():
            try:
                await self._do(each.call)
            except HomeLost:
                break
            except CallFailed:
                failed.append(each.call)
            else:
                done.append(each.call)
            self._forget(each)
        return Settled(tuple(done), tuple(each.call for each in late), tuple(failed))

    async def _do(self, call: Call) -> None:
        """Judged anew: the hour, or what is there, may be another."""
        if not self._is_free(call):
            raise CallFailed("The rules of care do not allow it any more.")
        await self._inner.call(call)

    def _may_wait(self, call: Call) -> bool:
        room = len(self._waiting.keys() | {target.id for target in call.targets}) <= _MOST
        return room and is_harmless(call) and self._is_free(call)

    def _ready(self) -> list[_Waiting]:
        if not self._waiting or self._inner.age is not None:
            return []
        there = {e.id for e in self._inner.home.entities if e.state not in _NOT_THERE}
        parts = ((each, [t for t in each.call.targets if t.id in there]) for each in self._all())
        return [each.about(targets) for each, targets in parts if targets]

    def _all(self) -> list[_Waiting]:
        """As they were wished, each with those targets of which nothing was wished since."""
        wished = {each.number: each for each in self._waiting.values()}
        return [
            each.about([t for t in each.call.targets if self._is_newest(each, t)])
            for _, each in sorted(wished.items())
        ]

    def _is_newest(self, waiting: _Waiting, target: Entity) -> bool:
        newest = self._waiting.get(target.id)
        return newest is not None and newest.number == waiting.number

    def _forget(self, waiting: _Waiting) -> None:
        """But not what was wished of the same things meanwhile."""
        for target in waiting.call.targets:
            if self._is_newest(waiting, target):
                del self._waiting[target.id]


def is_harmless(call: Call) -> bool:
    """On the list, and not by a step: one that was done just before would be done twice."""
    is_stepped = any("step" in name for name in call.data)
    return call.service in _MAY_WAIT.get(call.domain, frozenset()) and not is_stepped
