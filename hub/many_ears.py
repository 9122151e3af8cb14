"""All ears of the hub: its own microphone and every satellite, which know the same home.

Each follows its own turns. Where several hear one wake word, one of them goes on with it.
"""

import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from audio.events import Woke
from audio.frames import Frame, Pcm
from hub.hearing import Hearing, Report
from hub.satellites.hearing import SatelliteSound
from hub.settling import WINDOW, Claim, Settling, levels
from intents.home import Home

_MOST_AT_ONCE = 25
"""Pieces of one ear, half a second, before the others are heard."""
_REFRACTORY = 2.0
"""Seconds between two wake words that a satellite heard by itself."""


@dataclass(frozen=True, slots=True)
class SatelliteEar:
    hearing: Hearing
    sound: SatelliteSound


@dataclass
class Ears:
    """`own`: the hub's own; `moment_of`: when a sample of it was heard, seconds of
    time.monotonic(); `no_speech`: seconds in which a command must begin.
    """

    own: Hearing
    satellites: Mapping[str, SatelliteEar] = field(default_factory=dict[str, SatelliteEar])
    moment_of: Callable[[int], float] = lambda _: time.monotonic()
    no_speech: float = 5.0
    _settling: Settling = field(default_factory=Settling)
    _woken: dict[str, float] = field(default_factory=dict)
    _left: list[Report] = field(default_factory=list)
    """Of ears whose turn went on at another one."""

    def __post_init__(self) -> None:
        if self.satellites:
            self.own.begins = lambda woke: self._begins(self.own, woke, self.moment_of)
            for ear in self.satellites.values():
                self._join(ear)

    def _join(self, ear: SatelliteEar) -> None:
        ear.hearing.begins = lambda woke: self._begins(ear.hearing, woke, ear.sound.moment_of)

    @property
    def near_misses(self) -> int:
        return sum(each.near_misses for each in self._all())

    @property
    def dropped(self) -> int:
        """Samples of satellites that nobody heard."""
        return sum(ear.sound.dropped for ear in self.satellites.values())

    def keep(self, keep: Callable[[Pcm], None]) -> None:
        """Where the owner records, the commands of all ears are."""
        for each in self._all():
            each.keep = keep

    def learn(self, home: Home) -> None:
        """Take the names of this home, from the next sentence on."""
        self.own.learn(home)
        for ear in self.satellites.values():
            ear.hearing.share(self.own)

    def set_sensitivity(self, value: float) -> None:
        for each in self._all():
            each.set_sensitivity(value)

    def begin(self) -> None:
        """Hear from now on: what satellites sent before is not what is being said."""
        for ear in self.satellites.values():
            ear.sound.reader.skip()

    def listen(self, ear: str, seconds: float) -> Iterator[Report]:
        """Hear an answer there without a wake word; nothing where there is no such ear."""
        for each in self._all():
            if each.source == ear:
                yield from each.listen(seconds)

    def feed(self, frame: Frame) -> Iterator[Report]:
        """Sound of the hub's own microphone."""
        yield from self._after(self.own.feed(frame))

    def feed_satellites(self) -> Iterator[Report]:
        """What has come from them since; never waits."""
        now = time.monotonic()
        for key, ear in self.satellites.items():
            for arrived in itertools.islice(ear.sound.new(now), _MOST_AT_ONCE):
                if arrived.woken and now - self._woken.get(key, -_REFRACTORY) >= _REFRACTORY:
                    self._woken[key] = now
                    yield from self._after(ear.hearing.woken(arrived.frame.start, self.no_speech))
                yield from self._after(ear.hearing.feed(arrived.frame))
            silence = ear.sound.silence(now) if ear.hearing.listener.busy else None
            if silence is not None:
                yield from self._after(ear.hearing.feed(silence))

    def _all(self) -> tuple[Hearing, ...]:
        return (self.own, *(ear.hearing for ear in self.satellites.values()))

    def _begins(self, hearing: Hearing, woke: Woke, moment_of: Callable[[int], float]) -> bool:
        heard = hearing.listener.before(woke.at, WINDOW)
        claim = Claim(hearing.source, moment_of(woke.at), levels(heard))
        settled = self._settling.claim(claim, time.monotonic())
        for each in self._all():
            if each.source == settled.leaves:
                self._left += each.leave()
        return settled.begins

    def _after(self, reports: Iterator[Report]) -> Iterator[Report]:
        """An ear that is left says so before the one that goes on says anything."""
        for report in reports:
            yield from self._left
            self._left.clear()
            yield report
