"""One ear: frames in, events out. Pure; time is samples, threads and queues are the host's.

Idle, only the wake engine runs. A wake word opens a turn: the voice activity detector is given what
follows the wake word until the endpointer decides. The wake engine goes on listening during a turn,
so that it need not warm up again, but it is not heeded: only where the hub itself opened the turn,
to hear an answer, a wake word begins another.

Without a wake engine the stream is one turn after another, each beginning where the last one ended.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from audio import endpoint
from audio.engines import Vad, Wake
from audio.events import Event, GaveUp, GiveUp, Paused, Woke
from audio.frames import NO_SOUND, Frame, Pcm, samples
from audio.hops import Hops
from audio.near_misses import NearMisses
from audio.ring import Ring
from audio.turn import Turn


@dataclass(frozen=True, slots=True)
class Options:
    """Times are seconds."""

    threshold: float = 0.5
    """Score 0..1 that wakes, for words that `thresholds` does not name."""
    thresholds: Mapping[str, float] = field(default_factory=dict)
    refractory: float = 2.0
    """A word that woke is not heeded again for so long."""
    memory: float = 2.0
    """How much of the past is kept while idle."""
    wake_word: float = 1.2
    """Sound before the decision that may belong to the wake word, at most `memory`."""
    hasty: float = 0.2
    """Sound before the turn that may belong to an answer, at most `memory`."""
    endpointing: endpoint.Options = field(default_factory=endpoint.Options)


def threshold(sensitivity: float) -> float:
    """0..1, higher wakes sooner: the score that wakes is its complement, .05 at least."""
    return min(0.95, max(0.05, 1.0 - sensitivity))


_SURE = 0.95
"""A score that is heeded whatever speaks against it."""


def _nobodys(_word: str, _at: int) -> bool:
    return False


class Listener:
    def __init__(
        self,
        wake: Wake | None,
        vad: Vad,
        options: Options,
        is_own: Callable[[str, int], bool] = _nobodys,
    ) -> None:
        """`is_own`: whether a wake word heard at a sample is the hub's own: not to be heeded."""
        self._is_own = is_own
        self._wake = wake
        self._wake_hops = Hops(wake.hop) if wake else None
        self._vad = vad
        self._options = options
        self._ring = Ring(samples(options.memory))
        self._deaf_until: dict[str, int] = {}
        self.near_misses = NearMisses()
        self.doubt = 0.0
        """Added to every threshold while something speaks against anybody's having said it."""
        self._awaited = False
        self._turn = self._next_turn()

    @property
    def busy(self) -> bool:
        """Whether a command has begun that more sound would finish."""
        return self._turn is not None and (self._wake is not None or self._turn.speaking)

    def set_threshold(self, word: str, value: float) -> None:
        """`value` 0..1, from the next sample on."""
        thresholds = {**self._options.thresholds, word: value}
        self._options = replace(self._options, thresholds=thresholds)

    def feed(self, frame: Frame) -> Iterator[Event]:
        """What the next frame, of any length, brings about, in order.

        Each event comes before the sound after it is heard, so that `finish` ends a turn exactly
        where it paused. All must be taken.
        """
        if frame.start != self._ring.end:
            yield from self._lose(frame.start)
        rest = frame.pcm
        while len(rest):
            room = self._room()
            yield from self._hear(rest[:room])
            rest = rest[room:]

    def _lose(self, at: int) -> list[Event]:
        """Sound is missing before sample `at`: nothing that spans the gap can be trusted."""
        was_busy = self.busy
        if self._wake and self._wake_hops:
            self._wake.reset()
            self._wake_hops.clear()
            self._deaf_until.clear()
            self.near_misses.lose()
        self._ring.restart(at)
        self._turn = self._next_turn()
        return [GaveUp(GiveUp.SOUND_LOST, at)] if was_busy else []

    def _room(self) -> int:
        """Samples until the next decision of any engine."""
        parts = (self._wake_hops, self._turn)
        return min(part.room for part in parts if part is not None)

    def _hear(self, piece: Pcm) -> list[Event]:
        self._ring.add(piece)
        ended = self._follow(piece) if self._turn else []
        return ended + self._notice(piece)

    def _follow(self, piece: Pcm) -> list[Event]:
        """The turn takes a piece no longer than its room."""
        event = self._turn.feed(piece) if self._turn else None
        if event is None:
            return []
        if not isinstance(event, Paused):
            self._turn = self._next_turn()
        return [event]

    def open(self, no_speech: float) -> bool:
        """Open a turn without a wake word, in which speech must begin within so many seconds.

        False where one is open already: what is said now belongs to that.
        """
        if self._turn:
            return False
        before = self._ring.since(self._ring.end - samples(self._options.hasty))
        patience = replace(self._options.endpointing, no_speech=no_speech)
        self._turn, self._awaited = Turn(self._vad, patience, self._ring.end, before), True
        return True

    def before(self, at: int, length: int) -> Pcm:
        """The sound up to sample `at`, at most so many samples of it that are still kept."""
        kept = self._ring.since(at - length)
        return kept[: max(0, len(kept) - (self._ring.end - at))]

    def finish(self) -> None:
        """End the turn where it paused: what was said so far is the whole command."""
        self._turn = self._next_turn()

    def _next_turn(self) -> Turn | None:
        """With a wake word, a turn waits for it."""
        if self._wake:
            return None
        return Turn(self._vad, self._options.endpointing, self._ring.end, NO_SOUND)

    def _notice(self, piece: Pcm) -> list[Event]:
        """The wake engine takes a piece no longer than its room."""
        if self._wake is None or self._wake_hops is None:
            return []
        hop = self._wake_hops.add(piece)
        if hop is None:
            return []
        woke = self._heeded(self._wake.scores(hop))
        if woke is None or (self._turn and not self._awaited):
            return []
        self._deaf_until[woke.word] = woke.at + samples(self._options.refractory)
        before = self._ring.since(woke.at - samples(self._options.wake_word))
        self._turn = Turn(self._vad, self._options.endpointing, woke.at, before)
        self._awaited = False
        return [woke]

    def _heeded(self, scores: Mapping[str, float]) -> Woke | None:
        """The best of the words that reach their thresholds."""
        at = self._ring.end
        scores = {word: score for word, score in scores.items() if not self._is_own(word, at)}
        for word, score in scores.items():
            self.near_misses.hear(word, score, self._threshold(word), at)
        heard = [
            Woke(word, score, at) for word, score in scores.items() if self._wakes(word, score)
        ]
        return max(heard, key=lambda woke: woke.score, default=None)

    def _wakes(self, word: str, score: float) -> bool:
        return score >= self._threshold(word) and self._ring.end >= self._deaf_until.get(word, 0)

    def _threshold(self, word: str) -> float:
        chosen = self._options.thresholds.get(word, self._options.threshold)
        return chosen if self.doubt == 0 else max(chosen, min(_SURE, chosen + self.doubt))
