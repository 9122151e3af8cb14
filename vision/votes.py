"""Whose face a person who is followed has, by several looks that agree. Pure.

No look is believed alone. What is known of a stranger is a count, and goes with the track.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_AGREE = 3
"""Looks that must have found the same name."""
_MOST, _MORE = 12, 6
"""Looks at a face in all, and once somebody was recognised."""
_MAJORITY = 0.5
"""Share of all looks, weighed by the size of the face, that must have found that name."""
_GAP, _LONGEST_GAP = 0.3, 5.0
"""Seconds between two looks at one person; doubled while there is no face to be seen."""


@dataclass(slots=True)
class _Track:
    looks: int = 0
    """At a face."""
    blanks: int = 0
    """Looks in a row that saw no face, or none good enough."""
    looked: float = float("-inf")
    left: int = _MOST
    found: Counter[str] = field(default_factory=Counter)
    weight: Counter[str | None] = field(default_factory=Counter)

    def name(self) -> str | None:
        best = max(self.found, key=lambda name: self.weight[name], default=None)
        if best is None or self.found[best] < _AGREE:
            return None
        return best if self.weight[best] > _MAJORITY * self.weight.total() else None


class Votes:
    """Tracks by their ids; `at`: seconds, as of the pictures."""

    def __init__(self) -> None:
        self._tracks: dict[int, _Track] = {}

    def keep(self, tracks: Iterable[int]) -> None:
        """These are followed; of all others nothing is kept."""
        self._tracks = {each: self._tracks.get(each, _Track()) for each in tracks}

    def due(self, at: float) -> int | None:
        """Whom to look at now: who has waited longest, if anybody is to be looked at."""
        waiting = {
            number: track.looked
            for number, track in self._tracks.items()
            if track.left > 0 and at - track.looked >= _gap(track.blanks)
        }
        return min(waiting, key=lambda number: (waiting[number], number), default=None)

    def blank(self, number: int, at: float) -> None:
        """No face was good enough; that is no vote."""
        track = self._tracks[number]
        track.looked, track.blanks = at, track.blanks + 1

    def vote(self, number: int, name: str | None, area: float, at: float) -> None:
        """`name`: whose face it was, None for nobody's that is known; `area` of the face, > 0."""
        track = self._tracks[number]
        track.looked, track.blanks = at, 0
        track.looks += 1
        track.left -= 1
        if name is not None and not track.found:
            track.left = min(track.left, _MORE - 1)
        track.weight[name] += area  # type: ignore[assignment]  # a Counter weighs with any number
        if name is not None:
            track.found[name] += 1

    def names(self) -> Mapping[int, str]:
        """Those who are sure. Nobody is in two places: the one who weighs more is it."""
        named = [(n, name) for n, track in self._tracks.items() if (name := track.name())]
        named.sort(key=lambda each: self._tracks[each[0]].weight[each[1]])
        last = {name: number for number, name in named}
        return {number: name for name, number in last.items()}


def _gap(blanks: int) -> float:
    return min(_LONGEST_GAP, _GAP * float(2 ** min(blanks, 8)))
