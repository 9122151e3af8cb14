"""The one gate to the home: every action, however it was asked for, is judged and done here."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hub.asker import Asker
from hub.care.classes import Care
from hub.care.risks import Risk
from hub.care.rules import CareRules, Judgement, Occasion
from hub.deeds import AskFirst, Deed, Obstacle, Reason, Refused, Yes
from hub.homes.backend import Backend, CallFailed
from hub.services import Call, calls
from intents.home import Entity, Home
from intents.wishes import Wish

_PATIENCE = 10.0
"""Seconds a home may take for one service."""
_REASONS = {
    Risk.LOCK: Reason.LOCK,
    Risk.DOOR: Reason.DOOR,
    Risk.ALARM: Reason.ALARM,
    Risk.RELAY: Reason.RELAY,
}


async def execute(
    wish: Wish,
    targets: Sequence[Entity],
    home: Backend,
    rules: CareRules,
    asker: Asker,
    now: datetime,
) -> tuple[Deed, ...]:
    """Do what may be done; no deed at all where no service grants the wish. `now`: local time."""
    return await perform(calls(wish, targets), wish.intent, home, rules, asker, now)


async def perform(
    wanted: Sequence[Call],
    intent: str,
    home: Backend,
    rules: CareRules,
    asker: Asker,
    now: datetime,
) -> tuple[Deed, ...]:
    """The same for calls that come of no wish: what undoes another, or has waited."""
    occasion = Occasion(home.home, asker, now)
    several = len({target.id for call in wanted for target in call.targets}) > 1
    deeds = [
        deed for call in wanted for deed in _judged(call, intent, rules, occasion, several=several)
    ]
    return tuple([await _done(deed, home) for deed in deeds])


async def do(deed: Deed, home: Backend, rules: CareRules, yes: Yes) -> Deed:
    """Do what had to be asked first. It is judged anew, for who said yes and as things are now:
    what a yes no longer satisfies is asked again or refused.
    """
    occasion = Occasion(home.home, yes.asker, yes.now)
    present = tuple(_present(target, home.home) for target in deed.call.targets)
    call = replace(deed.call, targets=tuple(t for t in present if t is not None))
    if len(call.targets) < len(present):
        return replace(deed, obstacle=CallFailed("It is no longer there."))
    found = [rules.judge(call, target, occasion) for target in call.targets]
    strictest = max(found, key=lambda each: each.care)
    anew = replace(deed, call=call, before=call.targets, care=strictest.care, obstacle=None)
    if strictest.care > yes.care:
        return replace(anew, obstacle=_obstacle(strictest, rules, yes.asker, several=False))
    return await _done(anew, home)


def _judged(
    call: Call, intent: str, rules: CareRules, occasion: Occasion, *, several: bool
) -> list[Deed]:
    """A deed for each class of care; for each target of its own where it is refused."""
    found = [(target, rules.judge(call, target, occasion)) for target in call.targets]
    groups: dict[tuple[Care, Obstacle | None, str], list[Entity]] = {}
    for target, judgement in found:
        obstacle = _obstacle(judgement, rules, occasion.asker, several=several)
        alone = target.id if isinstance(obstacle, Refused) else ""
        groups.setdefault((judgement.care, obstacle, alone), []).append(target)
    return [
        Deed(replace(call, targets=tuple(group)), tuple(group), care, intent, obstacle)
        for (care, obstacle, _), group in groups.items()
    ]


def _obstacle(
    judgement: Judgement, rules: CareRules, asker: Asker, *, several: bool
) -> Refused | AskFirst | None:
    """`several`: asked for in one breath with other things; then a code is not even asked for."""
    care = judgement.care
    if care < Care.CONFIRM:
        return None
    if care is Care.NEVER:
        return Refused(_REASONS.get(judgement.risk, Reason.RULE) if judgement.risk else Reason.RULE)
    if asker.way == "timer":
        return Refused(Reason.NOBODY)
    if care is Care.CODE and not rules.has_code:
        return Refused(Reason.NO_CODE)
    return Refused(Reason.SEVERAL) if care is Care.CODE and several else AskFirst()


async def _done(deed: Deed, home: Backend) -> Deed:
    """A deed that nothing stands against, once it is done or has failed."""
    if deed.obstacle is not None:
        return deed
    try:
        async with asyncio.timeout(_PATIENCE):
            await home.call(deed.call)
    except CallFailed as error:
        return replace(deed, obstacle=error)
    except TimeoutError:
        return replace(deed, obstacle=CallFailed("The home took too long to answer."))
    return deed


def _present(target: Entity, home: Home) -> Entity | None:
    return next((entity for entity in home.entities if entity.id == target.id), None)
