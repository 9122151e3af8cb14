"""One ear with understanding: frames in, messages out; the same in senses, `hear` and tests.

While the silence after a sentence is still being judged the sentence is understood already. What
is a command ends its turn early; what is not may go on, and is understood anew with what comes.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from audio.engines import Asr, Learner
from audio.events import Event, GaveUp, GiveUp, Paused, Utterance, Woke
from audio.frames import NO_SOUND, Frame, Pcm, samples, seconds
from audio.listener import Listener, threshold
from audio.near_misses import REMEMBERED
from hub.fields import MICROPHONE, WORDS_LIMIT
from hub.judgement import Judge, Judgement
from hub.messages import Heard, NotHeard, Seconds, State, Tuned, Wake, WishLine, Yielded
from hub.tuning import Turn, marked, propose
from intents.grammar import Grammar
from intents.home import Home
from intents.wishes import NotUnderstood, Wish

_ONE_WORD = samples(1.2)
"""An utterance up to its last speech, the sound before it included."""

_DOUBT = 0.2
"""By how much a wake word must be clearer where a camera sees nobody who could have said it."""
_BELIEVED = samples(20.0)
"""For so long what the camera said holds."""

Report = State | Wake | Heard | NotHeard | Yielded


def _always(_woke: Woke) -> bool:
    return True


@dataclass
class Hearing:
    """`words`: whether accepted words may leave. Times are of computing, on this clock."""

    listener: Listener
    asr: Asr
    grammar: Grammar
    language: str = "en"
    source: str = MICROPHONE
    area: str | None = None
    words: bool = True
    wake_words: tuple[str, ...] = ()
    turn: int = 0
    answered_at: float = 0.0
    """Seconds of sound, and of computing behind its end, up to the last answer."""
    keep: Callable[[Pcm], None] | None = None
    """Takes the sound of each command where the owner records."""
    begins: Callable[[Woke], bool] = _always
    """Whether a wake word opens a turn here, and not at another ear that heard it too."""
    _heard_until: int = 0
    _doubt_until: int = 0
    _word: str = ""
    _woke_at: int = 0
    _woken: deque[Turn] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    """What followed the last wake words."""
    _answering: bool = False
    """The turn was opened without a wake word."""
    _wake_seconds: float = 0.0
    _judged: Judgement | None = None
    _judged_at: float = 0.0
    """Seconds of sound, and of computing, at which the last judgement was there."""

    @property
    def near_misses(self) -> int:
        return self.listener.near_misses.counts.total()

    def tuned(self) -> Tuned:
        """What would fit the wake words, and what was none, that were heard so far."""
        words, others = marked(self.listener.near_misses.passages, self._woken)
        found = propose(words, others)
        if found is None:
            return Tuned(source="senses", words=len(words), others=len(others))
        return Tuned(
            source="senses",
            sensitivity=found.sensitivity,
            words=found.words,
            missed=found.missed,
            others=found.others,
            waking=found.waking,
        )

    def set_sensitivity(self, value: float) -> None:
        for word in self.wake_words:
            self.listener.set_threshold(word, threshold(value))

    def __post_init__(self) -> None:
        self._teach()

    def share(self, other: "Hearing") -> None:
        """Take the names of the home from an ear that knows them."""
        self.grammar = other.grammar

    def leave(self) -> Iterator[Report]:
        """The turn goes on elsewhere."""
        self.listener.finish()
        self._judged, self._judged_at = None, 0.0
        yield Yielded(source=self.source, turn=self.turn)

    def lost(self) -> Iterator[Report]:
        """No more sound comes: an open turn is over."""
        yield from self.feed(Frame(NO_SOUND, self._heard_until + 1))

    def woken(self, at: int, no_speech: float) -> Iterator[Report]:
        """A wake word was heard by the satellite itself: from sample `at` on comes the command,
        within so many seconds.
        """
        self.listener.finish()  # whatever was open: its satellite began anew
        self._judged, self._judged_at = None, 0.0
        yield from self.feed(Frame(NO_SOUND, at))
        if not self.wake_words:
            return
        self.turn += 1
        self._word, self._woke_at, self._answering = "", at, False
        yield Wake(source=self.source, turn=self.turn, word=self.wake_words[0], score=1.0)
        if not self.begins(Woke(self.wake_words[0], 1.0, at)):
            yield Yielded(source=self.source, turn=self.turn)  # or it would go on sending
            return
        self.listener.open(no_speech)
        yield State(source=self.source, state="listening")

    def referee(self, *, anybody: bool | None) -> None:
        """A camera sees anybody in this room, or nobody, or cannot tell: only nobody matters."""
        self.listener.doubt = _DOUBT if anybody is False else 0.0
        self._doubt_until = self._heard_until + _BELIEVED

    def learn(self, home: Home) -> None:
        """Take the names of this home, from the next sentence on."""
        if home != self.grammar.home:
            self.grammar = self.grammar.learnt(home)
            self.grammar.prepare_to_hear()
            self._teach()

    def _teach(self) -> None:
        if isinstance(self.asr, Learner):
            self.asr.learn(self.grammar.phrases())

    def listen(self, seconds: float) -> Iterator[Report]:
        """Hear an answer without a wake word; it must begin within `seconds`."""
        if self.listener.open(seconds):
            self.turn += 1
            self._word, self._wake_seconds, self._answering = "", 0.0, True
            yield State(source=self.source, state="listening")

    def feed(self, frame: Frame) -> Iterator[Report]:
        since = time.perf_counter()
        self._heard_until = frame.end
        if self.listener.doubt and frame.start >= self._doubt_until:
            self.listener.doubt = 0.0
        for event in self.listener.feed(frame):
            if isinstance(event, Woke):
                self._wake_seconds = time.perf_counter() - since
            yield from self._on(event)
            since = time.perf_counter()

    def _on(self, event: Event) -> Iterator[Report]:
        match event:
            case Woke() if not self.begins(event):
                self.listener.finish()
                if self._answering:  # an answer is no longer waited for
                    self._answering = False
                    yield NotHeard(source=self.source, turn=self.turn, reason="no_speech")
            case Woke(word=word, score=score, at=at):
                self.turn += 1
                self._word, self._woke_at, self._answering = word, at, False
                self._judged, self._judged_at = None, 0.0
                yield Wake(source=self.source, turn=self.turn, word=word, score=min(1.0, score))
                yield State(source=self.source, state="listening")
            case GaveUp(reason=reason):
                if reason is GiveUp.NO_SPEECH:
                    self._note("nothing")
                self._judged, self._judged_at = None, 0.0
                yield NotHeard(source=self.source, turn=self.turn, reason=reason.value)
                yield State(source=self.source, state="idle")
                self._answering = False
            case Paused(so_far=so_far, silence=silence):
                if self._judge(so_far).is_whole(silence):
                    self.listener.finish()
                    yield from self._answer(so_far)
            case Utterance():
                yield from self._answer(event)

    def _note(self, followed: Literal["command", "nothing", "words"]) -> None:
        if not self._answering and self._word:
            self._woken.append(Turn(self._word, self._woke_at, followed))

    def _judge(self, utterance: Utterance) -> Judgement:
        """Once for the same speech, however long the silence behind it. But one word of an answer
        that means nothing is heard again with more silence: with little, "yes" is written twice.
        """
        judged = self._known(utterance)
        if judged is None:
            judge = Judge(self.asr, self.grammar, self.area, asked=self._answering)
            judged = self._judged = judge.judge(utterance, self._word)
            begun = max(seconds(utterance.ended), self._judged_at)
            self._judged_at = begun + judged.asr + judged.intent
        return judged

    def _known(self, utterance: Utterance) -> Judgement | None:
        judged = self._judged
        if judged is None or judged.speech_end != utterance.speech_end:
            return None
        one_word = utterance.speech_end - utterance.start <= _ONE_WORD
        unclear = isinstance(judged.understanding, NotUnderstood)
        return None if self._answering and one_word and unclear else judged

    def _answer(self, utterance: Utterance) -> Iterator[Report]:
        if self._known(utterance) is None:
            yield State(source=self.source, state="processing")
        judged = self._judge(utterance)
        self.answered_at = max(seconds(utterance.ended), self._judged_at)
        self._judged, self._judged_at = None, 0.0
        self._note("words" if isinstance(judged.understanding, NotUnderstood) else "command")
        yield self._told(judged, utterance)
        yield State(source=self.source, state="idle")
        self._answering = False
        if self.keep is not None:
            self.keep(utterance.pcm)

    def _told(self, judged: Judgement, utterance: Utterance) -> Heard | NotHeard:
        took = self._seconds(judged, utterance)
        sure = judged.confidence * judged.certainty
        found = judged.understanding
        if isinstance(found, NotUnderstood):
            return NotHeard(
                source=self.source,
                turn=self.turn,
                reason="too_much" if judged.too_much else "not_understood",
                nearest=found.nearest[:3],
                confidence=_share(sure),
                seconds=took,
            )
        return Heard(
            source=self.source,
            turn=self.turn,
            area=self.area,
            wishes=tuple(_line(wish) for wish in found),
            words=judged.text if self.words and len(judged.text) <= WORDS_LIMIT else None,
            confidence=_share(sure * _least(found)),
            seconds=took,
        )

    def _seconds(self, judged: Judgement, utterance: Utterance) -> Seconds:
        """The silence and the computing overlap: their sum is more than the total."""
        return Seconds(
            wake=round(self._wake_seconds, 4),
            vad=round(seconds(utterance.ended - utterance.speech_end), 3),
            asr=round(judged.asr, 3),
            intent=round(judged.intent, 4),
            total=round(self.answered_at - seconds(utterance.speech_end), 3),
        )


def _line(wish: Wish) -> WishLine:
    return WishLine(
        intent=wish.intent, slots=dict(wish.slots), score=wish.score, response=wish.response
    )


def _least(wishes: Sequence[Wish]) -> float:
    return min(wish.score for wish in wishes)


def _share(value: float) -> float:
    return round(value, 3)
