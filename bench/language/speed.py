"""How long one sentence takes at homes of 50 and 1,000 entities."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from bench.figures import percentile
from bench.language.brains import Brain
from bench.language.sentences import Sentence, home
from intents.home import Area, Entity, Home

_SEED = 5
_OWNERS = ("Anna's", "Ben's", "Grandma's", "Upper", "Lower", "Left", "Right", "North", "South")
_KINDS = ("Old", "New", "Small", "Big", "Corner", "Window", "Reading", "Wall", "Second", "Third")
_WARM_UP = 20


class Speed(msgspec.Struct, frozen=True, kw_only=True):
    """`first`: seconds until the home's first sentence was answered; the others milliseconds.

    `cpu_*`: computed; what the wall clock would show on a machine that does nothing else.
    """

    brain: str
    entities: int
    n: int
    first: float
    p50: float | None
    p95: float | None
    cpu_p50: float | None
    cpu_p95: float | None


def grown(entities: int) -> Home:
    """The bench's home with more or fewer things: again and again with other names and rooms."""
    choice = random.Random(_SEED)
    base = home()
    areas, things = list(base.areas), list(base.entities[:entities])
    while len(things) < entities:
        words = f"{choice.choice(_OWNERS)} {choice.choice(_KINDS)}"
        model = choice.choice(base.entities)
        if len(areas) < entities // 20:
            areas.append(_room(f"{words} Room", len(areas)))
        things.append(_thing(model, f"{words} {model.name}", len(things), choice.choice(areas)))
    return replace(base, areas=tuple(areas), entities=tuple(things))


def _room(name: str, number: int) -> Area:
    return Area(f"room_{number}", f"{name} {number}", floor="upstairs")


def _thing(model: Entity, name: str, number: int, area: Area) -> Entity:
    """Every name is another: the last of several of one name has its number."""
    return replace(
        model,
        id=f"{model.domain}.thing_{number}",
        name=f"{name} {number}",
        aliases=(),
        area=area.id,
    )


def speed(brain: Brain, entities: int, sentences: Sequence[Sentence]) -> Speed:
    where = grown(entities)
    started = time.perf_counter()
    brain.say(sentences[0].text, where)
    first = time.perf_counter() - started
    for each in sentences[:_WARM_UP]:
        brain.say(each.text, where)
    took = [brain.say(each.text, where).took for each in sentences]
    wall, cpu = [1000 * each.wall for each in took], [1000 * each.cpu for each in took]
    return Speed(
        brain=brain.name,
        entities=entities,
        n=len(took),
        first=round(first, 2),
        p50=percentile(wall, 0.5),
        p95=percentile(wall, 0.95),
        cpu_p50=percentile(cpu, 0.5),
        cpu_p95=percentile(cpu, 0.95),
    )
