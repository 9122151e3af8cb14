"""Is anything dangerous ever done without its confirmation? `python -m bench.care --n 100000`.

Sentences, MQTT messages and wishes as an ear reports them, one after another, in three households:
one without rules, one that opens with a code, one whose rules are as loose as rules can be. A
watcher who knows nothing of hub/care looks at the home after each. Exit status 1 for any harm.
"""

import argparse
import asyncio
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field

from bench.care_home import Harm
from bench.care_house import AREAS, WORLDS, House, World
from bench.care_sentences import message, sentence, wish
from bench.figures import show
from hub.grammars import Grammars

_LONGEST = 40
"""Inputs before a household begins anew: an opened door can be opened no second time."""


@dataclass
class Tally:
    """`harms`: what was done without its confirmation, each with what was said."""

    n: int = 0
    calls: int = 0
    codes: int = 0
    confirmed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    harms: list[str] = field(default_factory=list)


async def fuzz(world: World, n: int, seed: int, grammars: dict[str, Grammars]) -> Tally:
    """`n` inputs; the same seed says the same."""
    dice, tally = random.Random(seed), Tally()
    while tally.n < n:
        language = dice.choices(list(grammars), [9] + [1] * (len(grammars) - 1))[0]
        house = House(world, grammars[language], language)
        for _ in range(min(_LONGEST, n - tally.n)):
            await _one(house, dice, tally)
        tally.calls += house.home.done
        tally.codes += house.codes
        tally.confirmed += house.confirmed
    return tally


async def _one(house: House, dice: random.Random, tally: Tally) -> None:
    kind = dice.choices(("typed", "mqtt", "heard"), (5, 4, 2))[0]
    area = dice.choice(AREAS)
    match kind:
        case "typed":
            asked = house.open_questions("typed")
            area = dice.choice(asked) if asked and dice.random() < 0.7 else area
            is_answer = area in asked and dice.random() < 0.5
            said = "yes" if is_answer else sentence(dice, house.language)
            harms = await house.type(said, area)
        case "mqtt":
            place, payload = message(dice, house.ids())
            said = f"{place} {payload!r}"
            harms = await house.receive(place, payload)
        case _:
            wanted = wish(dice)
            said = f"{wanted.intent} {dict(wanted.slots)}"
            harms = await house.hear(wanted, area)
    late = await house.wait(dice.choice((0.5, 1, 2, 5, 10, 40, 400)))
    tally.n += 1
    tally.kinds[kind] += 1
    tally.harms += [_told(house, kind, said, harm) for harm in (*harms, *late)]


def _told(house: House, kind: str, said: str, harm: Harm) -> str:
    return f"{house.world.name}: {kind}: {said!r} did harm with {harm.thing.name}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="inputs in all")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    grammars = {language: Grammars(language) for language in ("en", "de")}
    harms: list[str] = []
    rows = []
    for index, world in enumerate(WORLDS):
        share = args.n // len(WORLDS) + (index < args.n % len(WORLDS))
        tally = asyncio.run(fuzz(world, share, args.seed + index, grammars))
        harms += tally.harms
        kinds = [tally.kinds[kind] for kind in ("typed", "mqtt", "heard")]
        rows.append(
            [world.name, *kinds, tally.calls, tally.codes, tally.confirmed, len(tally.harms)]
        )
    heads = ["rules", "typed", "MQTT", "heard", "services called", "codes asked for"]
    heads += ["dangerous, confirmed", "dangerous, not confirmed"]
    if args.json:
        print(json.dumps({"n": args.n, "rows": [dict(zip(heads, r, strict=True)) for r in rows]}))
    else:
        show(heads, rows)
    for harm in harms:
        print(harm, file=sys.stderr)
    return 1 if harms else 0


if __name__ == "__main__":
    sys.exit(main())
