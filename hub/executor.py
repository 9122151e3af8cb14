"""The one gate to the home: every action, however it was asked for, is judged and done here."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hub.homes.backend import Backend, CallFailed
from hub.policy import Risk, risk
from hub.services import Call, calls
from hub.turn import Action, Result
from intents.home import Entity
from intents.wishes import Wish

_PATIENCE = 10.0
"""Seconds a home may take for one service."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One part of a wish. `obstacle`: the policy's refusal, or the home's failure."""

    targets: tuple[Entity, ...]
    obstacle: Risk | CallFailed | None = None

    def action(self, intent: str, granted: Result) -> Action:
        names = tuple(target.name for target in self.targets)
        match self.obstacle:
            case None:
                return Action(intent, names, granted)
            case Risk():
                return Action(intent, names, "refused")
            case CallFailed():
                return Action(intent, names, "failed")


async def execute(wish: Wish, targets: Sequence[Entity], home: Backend) -> tuple[Deed, ...]:
    """Do what may be done; no deed at all where no service grants the wish."""
    deeds: list[Deed] = []
    for call in calls(wish, targets):
        allowed, refused = judge(call)
        deeds += refused
        if allowed.targets:
            deeds.append(Deed(allowed.targets, await _do(allowed, home)))
    return tuple(deeds)


def judge(call: Call) -> tuple[Call, list[Deed]]:
    """The call without the targets that a voice may not have, and those refusals."""
    risks = [(risk(call, target), target) for target in call.targets]
    refused = [Deed((target,), why) for why, target in risks if why is not None]
    return replace(call, targets=tuple(t for why, t in risks if why is None)), refused


async def _do(call: Call, home: Backend) -> CallFailed | None:
    try:
        async with asyncio.timeout(_PATIENCE):
            await home.call(call)
    except CallFailed as error:
        return error
    except TimeoutError:
        return CallFailed("The home took too long to answer.")
    return None
