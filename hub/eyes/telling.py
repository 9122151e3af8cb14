"""From what an eye sees to what it says: when it has changed, and now and then besides. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from hub.eyes.messages import MOST_COUNTED, Crossing, FromEye, Pace, Place, Seen, Thing
from vision.events import PICTURE, Crossed, View

_EVERY = 5.0
"""Seconds: so often it says that it still sees."""
_AT_MOST = 0.1
"""Seconds between two things said."""


@dataclass
class Telling:
    """`source`: as which it speaks. `now`: seconds, monotonic."""

    source: str
    pace: Pace = 0
    _told: Seen | None = None
    _told_at: float = field(default=float("-inf"))

    def said(self, view: View, now: float) -> Iterator[FromEye]:
        for event in view.events:
            if isinstance(event, Crossed):
                yield Crossing(
                    source=self.source, line=event.line, label=event.label, way=event.way
                )
            else:
                yield Thing(source=self.source, zone=event.zone, what=event.what)
        seen = self._seen(view)
        since = now - self._told_at
        if (seen != self._told and since >= _AT_MOST) or since >= _EVERY:
            self._told, self._told_at = seen, now
            yield seen

    def again(self) -> None:
        """Somebody is listening who was not there before."""
        self._told = None

    def _seen(self, view: View) -> Seen:
        zones = sorted(view.counts, key=lambda zone: (zone != PICTURE, zone))
        return Seen(
            source=self.source,
            places=tuple(_place(zone, view) for zone in zones),
            moving=view.moving,
            states=dict(view.states),
            pace=self.pace,
        )


def _place(zone: str, view: View) -> Place:
    counts = Counter(view.counts[zone])
    here = (s for s in view.sightings if zone == PICTURE or zone in s.zones)
    return Place(
        zone=zone,
        counts={
            label: min(count, MOST_COUNTED) for label, count in sorted(counts.items()) if count
        },
        names=tuple(sorted({s.name for s in here if s.name}))[:8],
        left=min(MOST_COUNTED, view.left.get(zone, 0)),
    )
