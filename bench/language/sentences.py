"""One sentence of a set, and what is right; the sets that are files."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

from bench.figures import recordings_folder
from bench.language.brains import Meant, Said
from bench.language.meaning import is_same, plain
from intents.home import Home
from intents.home_file import home_from, load
from intents.wishes import Slot, Slots, Wish

HERE = Path(__file__).parent
WRITTEN = ("several_made.jsonl", "several_written.jsonl")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`wanted`: what is right, for people; `fits`: whether it is what came of it. `label`: the
    wishes themselves, where the set has them.
    """

    text: str
    home: Home = field(repr=False)
    wanted: str
    fits: Callable[[Said], bool]
    language: str = "en"
    area: str | None = None
    label: tuple[Meant, ...] = ()


class Labelled(msgspec.Struct, frozen=True, omit_defaults=True):
    """One wish of a label; `then`: the wishes of a command for later."""

    intent: str
    slots: dict[str, Slot] = {}
    then: tuple["Labelled", ...] = ()

    def meant(self) -> Iterator[Meant]:
        if not self.then:
            yield Meant(Wish(self.intent, self.slots))
        for each in self.then:
            yield Meant(Wish(each.intent, each.slots), self.slots)


class Several(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of several_*.jsonl. `area`: the room in which it is said."""

    text: str
    wishes: tuple[Labelled, ...]
    area: str | None = None


@cache
def home() -> Home:
    return load(HERE / "home.yaml")


def lines(name: str) -> Iterator[str]:
    return iter((recordings_folder() / "text" / name).read_text(encoding="utf-8").splitlines())


def published(name: str) -> Sequence[Sentence]:
    """home-assistant-intents' own test sentences, each with its home."""
    return [_published(json.loads(line)) for line in lines(name)]


def _published(row: dict[str, str]) -> Sentence:
    intent, slots = row["intent"], msgspec.convert(row["slots"], dict[str, Slot | list[Slot]])
    return Sentence(
        row["text"],
        home_from(row["home"]),
        f"{intent} {slots}",
        lambda said: (
            len(said.wishes) == 1
            and said.wishes[0].intent == intent
            and _has(said.wishes[0].slots, slots)
        ),
        row["lang"],
    )


def _has(slots: Slots, wanted: dict[str, Slot | list[Slot]]) -> bool:
    """Every slot of the label; a label may list several right values."""
    return all(
        plain(slots.get(name)) in map(plain, value if isinstance(value, list) else [value])
        for name, value in wanted.items()
    )


def several(*files: str) -> Sequence[Sentence]:
    """Sentences of two and three wishes."""
    texts = (line for file in files for line in (HERE / file).read_text("utf-8").splitlines())
    return [_several(msgspec.json.decode(line, type=Several)) for line in texts]


def _several(row: Several) -> Sentence:
    meant = tuple(each for wish in row.wishes for each in wish.meant())
    return Sentence(
        row.text,
        home(),
        "; ".join(
            f"{each.wish.intent} {dict(each.wish.slots)} {each.when or ''}" for each in meant
        ),
        lambda said: is_same(said.meant, meant, home(), row.area),
        area=row.area,
        label=meant,
    )
