"""One utterance to wishes: what the ear wrote, put right by the home's grammar, and how sure."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from audio.engines import Asr, Scorer, Transcript
from audio.events import Utterance
from audio.wakewords import strip
from hub.fields import MOST_WISHES, SLOT_LIMIT
from intents.choice import SURE
from intents.grammar import Grammar, Hearsay
from intents.unfinished import may_go_on
from intents.wishes import NotUnderstood, Understanding, Wish

WHOLE = 0.192
"""Seconds of silence that end a sentence which is a command."""
MAY_GO_ON = 0.6
"""The same, where more words could narrow or reverse something that is not free, and the grammar
has such words.
"""
_CLEAR = 0.8
"""Certainty below which a sentence is given `MAY_GO_ON` too."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of the utterance whose speech ends at sample `speech_end`. `confidence` of the ear and
    `certainty` of the grammar, 0..1; `text`: the command, put right, empty where it was none;
    `may_go_on`: it should not be done in haste; `too_much`: it meant more than may cross, and
    counts as not understood; `asr` and `intent` seconds of computing.
    """

    speech_end: int
    understanding: Understanding
    text: str = field(repr=False)
    confidence: float
    certainty: float
    may_go_on: bool
    too_much: bool
    asr: float
    intent: float

    def is_whole(self, silence: float) -> bool:
        """Whether the turn may end after so many seconds of silence."""
        if isinstance(self.understanding, NotUnderstood) or self.certainty < SURE:
            return False
        in_doubt = self.certainty < _CLEAR or self.may_go_on
        return silence >= (MAY_GO_ON if in_doubt else WHOLE)


@dataclass
class Judge:
    """Understands with one ear and one grammar. `asked`: what is heard answers a question."""

    asr: Asr
    grammar: Grammar
    area: str | None = None
    asked: bool = False

    def judge(self, utterance: Utterance, word: str) -> Judgement:
        """`word`: the wake word that may stand in front."""
        started = time.perf_counter()
        transcript = self.asr.transcribe(utterance.pcm)
        heard = time.perf_counter()
        text = strip(transcript.text, word) if word else transcript.text
        score = _scorer(transcript, text)
        hearsay = self.grammar.hear(text, self.area, score, asked=self.asked)
        too_much = _is_too_much(hearsay.understanding)
        return Judgement(
            speech_end=utterance.speech_end,
            understanding=NotUnderstood() if too_much else hearsay.understanding,
            text=hearsay.text,
            confidence=transcript.confidence,
            certainty=hearsay.confidence,
            may_go_on=self._may_go_on(hearsay),
            too_much=too_much,
            asr=heard - started,
            intent=time.perf_counter() - heard,
        )

    def _may_go_on(self, hearsay: Hearsay) -> bool:
        found = hearsay.understanding
        if isinstance(found, NotUnderstood) or not may_go_on(found, self.grammar.home):
            return False
        return self.grammar.goes_on(hearsay.text)


def _is_too_much(found: Understanding) -> bool:
    """More wishes or a longer open slot than may cross: refused here, where it can be answered."""
    if isinstance(found, NotUnderstood):
        return False
    return len(found) > MOST_WISHES or not all(map(_is_short, found))


def _is_short(wish: Wish) -> bool:
    texts = (value for value in wish.slots.values() if isinstance(value, str))
    return all(len(text) <= SLOT_LIMIT for text in texts)


def _scorer(transcript: Transcript, text: str) -> Scorer | None:
    """Of sentences in the place of `text`, behind the wake word if it was heard before it."""
    score = transcript.score
    if score is None:
        return None
    before = transcript.text.removesuffix(text)

    def scored(sentences: Sequence[str]) -> tuple[float, ...]:
        return score([f"{before}{sentence}" for sentence in sentences])

    return scored
