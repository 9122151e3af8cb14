"""One ear with understanding: frames in, messages out; the same in senses, `hear` and tests."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from audio.engines import Asr, Scorer, Transcript
from audio.events import Event, GaveUp, Utterance, Woke
from audio.frames import Frame, Pcm, seconds
from audio.listener import Listener
from audio.wakewords import strip
from hub.messages import SLOT_LIMIT, Heard, NotHeard, Seconds, State, Wake, WishLine
from intents.grammar import Grammar
from intents.home import Home
from intents.wishes import NotUnderstood, Understanding, Wish

Report = State | Wake | Heard | NotHeard


@dataclass
class Hearing:
    """`words`: whether accepted words may leave. Times are of computing, on this clock."""

    listener: Listener
    asr: Asr
    grammar: Grammar
    language: str = "en"
    source: str = "microphone"
    area: str | None = None
    words: bool = True
    wake_words: tuple[str, ...] = ()
    turn: int = 0
    answered_at: float = 0.0
    """Seconds of sound, and of computing behind its end, up to the last answer."""
    keep: Callable[[Pcm], None] | None = None
    """Takes the sound of each command where the owner records."""
    _home: Home | None = None
    _word: str = ""
    _wake_seconds: float = 0.0

    @property
    def near_misses(self) -> int:
        return self.listener.near_misses.counts.total()

    def set_sensitivity(self, value: float) -> None:
        """0..1, higher wakes sooner: the score that wakes is its complement, .05 at least."""
        for word in self.wake_words:
            self.listener.set_threshold(word, min(0.95, max(0.05, 1.0 - value)))

    def learn(self, home: Home) -> None:
        """Take the names of this home, from the next sentence on."""
        if home != self._home:
            self.grammar, self._home = Grammar(self.language, home), home
            self.grammar.prepare_to_hear()

    def feed(self, frame: Frame) -> Iterator[Report]:
        started = time.perf_counter()
        events = self.listener.feed(frame)
        took = time.perf_counter() - started
        for event in events:
            if isinstance(event, Woke):
                self._wake_seconds = took
            yield from self._on(event)

    def _on(self, event: Event) -> Iterator[Report]:
        match event:
            case Woke(word=word, score=score):
                self.turn += 1
                self._word = word
                yield Wake(source=self.source, turn=self.turn, word=word, score=min(1.0, score))
                yield State(source=self.source, state="listening")
            case GaveUp(reason=reason):
                yield NotHeard(source=self.source, turn=self.turn, reason=reason.value)
                yield State(source=self.source, state="idle")
            case Utterance():
                yield State(source=self.source, state="processing")
                yield self._understand(event)
                yield State(source=self.source, state="idle")
                if self.keep is not None:
                    self.keep(event.pcm)

    def _understand(self, utterance: Utterance) -> Heard | NotHeard:
        started = time.perf_counter()
        transcript = self.asr.transcribe(utterance.pcm)
        heard = time.perf_counter()
        text = strip(transcript.text, self._word) if self._word else transcript.text
        understanding, certainty = self._parse(text, transcript)
        done = time.perf_counter()
        took = self._seconds(utterance, heard - started, done - heard)
        self.answered_at = seconds(utterance.ended) + done - started
        if isinstance(understanding, NotUnderstood):
            return NotHeard(
                source=self.source,
                turn=self.turn,
                reason="not_understood",
                nearest=understanding.nearest[:3],
                confidence=_share(transcript.confidence * certainty),
                seconds=took,
            )
        return Heard(
            source=self.source,
            turn=self.turn,
            area=self.area,
            wishes=tuple(_line(wish) for wish in understanding),
            words=text if self.words else None,
            confidence=_share(transcript.confidence * certainty * _least(understanding)),
            seconds=took,
        )

    def _parse(self, text: str, transcript: Transcript) -> tuple[Understanding, float]:
        """With how sure it is, 0..1, beside how sure the ear is of what it wrote. An open slot of
        more than 80 characters is refused here, where it can be answered.
        """
        hearsay = self.grammar.hear(text, self.area, _scorer(transcript, text))
        found = hearsay.understanding
        if isinstance(found, NotUnderstood) or all(map(_may_cross, found)):
            return found, hearsay.confidence
        return NotUnderstood(), hearsay.confidence

    def _seconds(self, utterance: Utterance, asr: float, intent: float) -> Seconds:
        vad = seconds(utterance.ended - utterance.speech_end)
        return Seconds(
            wake=round(self._wake_seconds, 4),
            vad=round(vad, 3),
            asr=round(asr, 3),
            intent=round(intent, 4),
            total=round(vad + asr + intent, 3),
        )


def _may_cross(wish: Wish) -> bool:
    texts = (value for value in wish.slots.values() if isinstance(value, str))
    return all(len(text) <= SLOT_LIMIT for text in texts)


def _line(wish: Wish) -> WishLine:
    return WishLine(
        intent=wish.intent, slots=dict(wish.slots), score=wish.score, response=wish.response
    )


def _scorer(transcript: Transcript, text: str) -> Scorer | None:
    """Of sentences in the place of `text`, behind the wake word if it was heard before it."""
    score = transcript.score
    if score is None:
        return None
    before = transcript.text.removesuffix(text)
    return lambda sentences: score([f"{before}{sentence}" for sentence in sentences])


def _least(wishes: Sequence[Wish]) -> float:
    return min(wish.score for wish in wishes)


def _share(value: float) -> float:
    return round(value, 3)
