"""Who is in which zone: believed after a few pictures, counted after a while. Pure.

A thing is where its foot is. `inertia` pictures in a row must say so before it is in, or out;
`dwell` seconds must pass before it counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vision.boxes import Polygon, inside
from vision.tracking import Track


@dataclass(frozen=True, slots=True)
class Zone:
    """`labels`: what counts; `dwell`: seconds; `inertia`: pictures."""

    key: str
    corners: Polygon
    labels: tuple[str, ...] = ("person",)
    dwell: float = 0.0
    inertia: int = 3
    objects: bool = False


@dataclass(slots=True)
class _Stay:
    """`votes`: pictures in a row that say otherwise than `there`."""

    there: bool = False
    votes: int = 0
    since: float = 0.0

    def step(self, *, now: bool, at: float, inertia: int) -> None:
        if now == self.there:
            self.votes = 0
            return
        self.votes += 1
        if self.votes >= inertia:
            self.there, self.votes, self.since = now, 0, at


@dataclass
class Zones:
    zones: Sequence[Zone]
    _stays: dict[tuple[int, str], _Stay] = field(default_factory=dict)

    def step(self, tracks: Iterable[Track], at: float) -> Mapping[int, frozenset[str]]:
        """Id of each track -> zones in which it counts. Call it with confirmed ones only."""
        tracks = tuple(tracks)
        alive = {track.id for track in tracks}
        self._stays = {key: stay for key, stay in self._stays.items() if key[0] in alive}
        return {track.id: frozenset(self._of(track, at)) for track in tracks}

    def _of(self, track: Track, at: float) -> Iterable[str]:
        for zone in self.zones:
            if track.label not in zone.labels:
                continue
            known = (track.id, zone.key) in self._stays
            stay = self._stays.setdefault((track.id, zone.key), _Stay())
            now = inside(zone.corners, _foot(track))
            # Confirming it took a few pictures already: where it appears, it is.
            stay.step(now=now, at=at, inertia=zone.inertia if known else 1)
            if stay.there and at - stay.since >= zone.dwell:
                yield zone.key


def _foot(track: Track) -> tuple[float, float]:
    """Within the picture: feet that it cuts off are at its edge."""
    x, y = track.box.foot
    return min(0.999, max(0.0, x)), min(0.999, max(0.0, y))
