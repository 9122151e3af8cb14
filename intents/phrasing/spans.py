"""A sentence as spans of words, each with what it may mean to this home. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from intents.home import Area, Entity, Floor

Number = float
SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` to `end`. `meanings`: tag -> value; none: words that mean nothing here.

    `things`, `areas`, `floors`: what of the home it may name. `amount`: of a number, a duration
    (seconds) or a clock (see times.Clock).
    """

    start: int
    end: int
    meanings: Mapping[str, str] = field(default_factory=dict)
    things: tuple[Entity, ...] = ()
    areas: tuple[Area, ...] = ()
    floors: tuple[Floor, ...] = ()
    amount: object = None

    def has(self, tag: str) -> bool:
        return tag in self.meanings

    @property
    def is_unknown(self) -> bool:
        return not self.meanings


@dataclass(frozen=True, slots=True)
class Clause:
    """Part of a sentence that holds one wish, or several of one kind."""

    tokens: tuple[str, ...]
    spans: tuple[Span, ...]

    def part(self, spans: Sequence["Span"]) -> "Clause":
        """These spans as a clause of their own, from the first to the last."""
        if not spans:
            return Clause((), ())
        begin = spans[0].start
        moved = (replace(s, start=s.start - begin, end=s.end - begin) for s in spans)
        return Clause(self.tokens[begin : spans[-1].end], tuple(moved))

    def having(self, tag: str) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if tag in span.meanings)

    def first(self, tag: str) -> str | None:
        return next((span.meanings[tag] for span in self.spans if tag in span.meanings), None)

    def values(self, tag: str) -> frozenset[str]:
        return frozenset(span.meanings[tag] for span in self.spans if tag in span.meanings)

    def within(self, *tags: str) -> bool:
        """Whether every word means one of these, or nothing that matters."""
        allowed = {SKIP, *tags}
        return all(not allowed.isdisjoint(span.meanings) for span in self.spans)

    def said(self, *words: str) -> bool:
        """Whether these words stand there, one after the other."""
        return any(
            self.tokens[at : at + len(words)] == words
            for span in self.spans
            for at in range(span.start, span.end)
        )

    def text(self, leave: frozenset[int] = frozenset()) -> str:
        """Its words, less those of the spans that begin at `leave`."""
        kept = (s for s in self.spans if s.start not in leave)
        return " ".join(" ".join(self.tokens[s.start : s.end]) for s in kept).replace(" %", "%")
