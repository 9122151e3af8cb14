"""What the house does with what it is told: by senses, mouth and launcher, and by its people."""

import time
from dataclasses import dataclass, field, replace

from hub.aliases import Aliases
from hub.asker import Asker, Way
from hub.conversation import Conversation
from hub.doing_without import DoingWithout
from hub.door.door import SensesDoor
from hub.fields import MICROPHONE
from hub.follow_up import FollowUp
from hub.guard import Told
from hub.introducing import Introducing
from hub.lines import Lines
from hub.messages import (
    Health,
    Heard,
    Mute,
    NotHeard,
    Process,
    Settings,
    Spoken,
    State,
    Tuned,
    Wake,
    Yielded,
)
from hub.mute import Place
from hub.muting import Muting
from hub.phrases import phrase
from hub.publisher import Publisher
from hub.status import Status
from hub.terminal import Terminal
from hub.timekeeping.announcements import Due
from hub.timekeeping.summary import Summary
from hub.tuner import Tuner
from hub.turn import Turn
from hub.voice import Voice, place_of
from hub.why.recorder import Recorder
from hub.why.trace import Origin
from integrations.payloads import AssistState, WakeSensitivity
from intents.wishes import Wish

_WORTH_ASKING = 0.3
"""Confidence from which "did you mean ...?" is asked; below it, hardly said to it."""
_ANSWER_WITHIN = 8.0
"""Seconds in which the answer to a question must begin."""
_READ = frozenset({"wyoming"})
"""Ways in whose askers read the answer, wherever they are."""


@dataclass
class Household:
    """`sensitivity` 0..1 of the wake word; `turns` and `understood` count those that are over."""

    conversation: Conversation
    voice: Voice
    publisher: Publisher
    terminal: Terminal
    status: Status
    lines: Lines
    door: SensesDoor
    why: Recorder
    aliases: Aliases
    sensitivity: float
    turns: int = 0
    understood: int = 0
    tuner: Tuner = field(init=False)
    _muting: Muting = field(init=False)
    _reasons: dict[str, str] = field(default_factory=dict)
    _counts: tuple[int, int] = (0, 0)
    _assist: AssistState | None = None
    _summary: Summary | None = None
    _introducing: Introducing = field(init=False)
    _follow_up: FollowUp = field(init=False)
    _without: DoingWithout = field(init=False)

    def __post_init__(self) -> None:
        self.tuner = Tuner(self.door, self.lines.senses)
        out = (self.lines.launcher, self.publisher.state, self.terminal.note)
        to_senses, note = self.lines.senses, self.terminal.note
        self._introducing = Introducing(self.conversation, self.door, to_senses, note)
        self._muting = Muting(self.status, *out)
        self._follow_up = FollowUp(self.voice, self.status, self.door, self.lines.senses)
        self._without = DoingWithout(self._follow_up, self.lines.launcher)

    async def hear(self, message: Told) -> None:
        """Something that senses reports."""
        match message:
            case Wake(source=ear):
                self.why.woke(message)
                self._follow_up.woken(ear)
                self.voice.hush(ear)
                self.terminal.wake(message.word, message.score)
                self.publisher.wake(self.turns + 1, message)
                self.voice.woken(ear)
            case Heard():
                await self._heard(message)
            case NotHeard():
                self._not_heard(message)
            case Yielded(source=ear):
                self.voice.over(ear)
            case Tuned():
                self.tuner.take(message)
            case State(state="ready"):
                self._follow_up.forget()
                self.introduce()
                self.note(message)
            case State() | Health():
                self.note(message)

    def note(self, message: State | Health | Process | Spoken | Mute) -> None:
        """How a process fares; what its owner should know is said in plain words."""
        if isinstance(message, Mute):
            self._muting.restore(message)
            self._publish_assist()
            if message.pressed:
                self._say("muted" if message.muted else "unmuted")
            return
        if isinstance(message, Spoken):
            self.voice.spoken(message.id, place_of(message.source))
        elif isinstance(message, Process) and message.restarts > self.status.restarts(message.name):
            self.terminal.note(f"{message.name} stopped unexpectedly and is started again.")
        elif isinstance(message, State):
            self._mention(message)
            if message.source == "mouth" and message.state in ("ready", "deaf"):
                self.voice.able(message.state == "ready")
        before = self.status.engines
        self.status.take(message)
        self._publish_assist()
        if self.status.engines != before:
            self.health(*self._counts)
        self._open_ear()
        self._without.look()

    def _say(self, key: str) -> None:
        self.voice.say(phrase(key, self.conversation.granting.language))

    def _mention(self, state: State) -> None:
        """A reason is told once, until that process is well again."""
        if state.reason and self._reasons.get(state.source) != state.reason:
            self.terminal.note(state.reason)
            self._reasons[state.source] = state.reason
        elif state.state == "ready":
            self._reasons.pop(state.source, None)

    def introduce(self) -> None:
        """Tell a new senses, which knows nothing, the names of this home and its settings."""
        self._introducing.introduce(self.sensitivity)

    def home_changed(self) -> None:
        """Tell senses where the names of the home have changed."""
        self._introducing.home_changed()

    def health(self, unsent: int, refused: int) -> None:
        """`unsent`, `refused`: what this process could not send or did not understand."""
        self._counts = (unsent, refused)
        self.publisher.state(self.status.health_payload(unsent=unsent, refused=refused))

    def begin(self) -> None:
        """A house that starts after another one asks how the others are, by greeting them."""
        self.introduce()
        self.voice.say("")
        self._muting.show()
        self._publish_assist()

    async def ask(self, text: str, area: str | None = None, way: Way = "typed") -> Turn:
        """A typed sentence, in the same conversation as speech; the answer is mostly spoken too."""
        asker = Asker(way, area)
        turn = await self.conversation.ask(text, asker)
        self._finish(turn, Origin(asker, said=text), self.voice.or_here(self.door.ear_in(area)))
        if not turn.wishes:
            typed = NotHeard(source="house", turn=self.turns, reason="not_understood")
            self.publisher.not_heard(self.turns, typed)
        return turn

    def tell(self, text: str, area: str | None = None) -> None:
        """Something that nobody has just asked for, if anything: in that room, or where it can."""
        if text:
            self.terminal.rings(text)
            for ear in self.voice.somewhere(self.door.ear_in(area), self.door.ears):
                self.voice.say(text, "attention", ear)

    def announce(self, text: str) -> None:
        """In every room where the hub can speak."""
        for ear in self.door.ears:
            self.voice.say(text, "attention", ear)

    def listen(self, seconds: float, ear: str = MICROPHONE) -> None:
        """Hear one answer there without a wake word, once all was said: within 1 to 15 seconds."""
        self._follow_up.want(seconds, ear)
        self._open_ear()

    def _open_ear(self) -> None:
        if self._follow_up.open(time.monotonic()):
            self.note(State(source="senses", state="listening"))

    async def ring(self, due: Due) -> None:
        """Something that was kept for later: say it, or do what was to be done."""
        self.tell(due.text, due.area)
        if due.command:
            await self.ask(due.command, due.area, "timer")
        self.conversation.timekeeper.told(due)

    def stop_ringing(self) -> None:
        self.conversation.timekeeper.stop()
        self.tell_timers()

    def tell_timers(self) -> None:
        """What is kept for later, when that has changed: no names."""
        summary = self.conversation.timekeeper.summary(self.conversation.now())
        if summary != self._summary:
            self._summary = summary
            self.publisher.timers(summary)

    def mute(self, wanted: bool, place: Place) -> bool:  # noqa: FBT001 - on or off is what it is
        """Whether it is so now: a mute set at the machine is lifted only there."""
        is_so = self._muting.turn(wanted, place)
        self._publish_assist()
        return is_so

    def _publish_assist(self) -> None:
        """When it changed: a message for each thing that senses says would be a way to tell."""
        now = self.status.assist_payload()
        if now != self._assist:
            self._assist = now
            self.publisher.state(now)

    def set_sensitivity(self, value: float) -> None:
        self.sensitivity = value
        self.lines.senses(Settings(sensitivity=value))
        self.publisher.state(WakeSensitivity(value=value))

    async def _heard(self, heard: Heard) -> None:
        self._follow_up.over(heard.source)
        wishes = tuple(Wish(w.intent, w.slots, w.score, w.response) for w in heard.wishes)
        turn = await self.conversation.take(wishes, Asker("voice", heard.area))
        self.voice.over(heard.source, asked=turn.expects_answer)
        words = self.door.texts(time.monotonic()).words
        told = replace(turn, words=words, confidence=heard.confidence, seconds=heard.seconds)
        self._finish(told, Origin(Asker("voice", heard.area)), heard.source)

    def _not_heard(self, heard: NotHeard) -> None:
        ear = heard.source
        if self._follow_up.over(ear) and heard.reason == "no_speech":
            self.voice.over(ear)  # nobody has to answer
            return
        nearest = self.door.texts(time.monotonic()).nearest
        asker = Asker("voice", self.door.room(ear))
        turn = Turn((), nearest=nearest)
        if heard.reason == "too_much":
            turn = replace(turn, reply=phrase("too_much", self.conversation.granting.language))
        elif nearest and heard.confidence >= _WORTH_ASKING:
            turn = self.conversation.suggest(nearest, asker)
        told = replace(turn, confidence=heard.confidence, seconds=heard.seconds)
        self.turns += 1
        if told.expects_answer:
            self.voice.say(told.reply, to=ear)
            self.listen(_ANSWER_WITHIN, ear)
        else:
            self.voice.over(ear)
            said = told.reply if heard.reason == "too_much" else ""
            self.voice.say(said, None if said else "not_understood", ear)
        self.why.ended(told, Origin(asker, reason=heard.reason), self.conversation.backend.home)
        self.terminal.turn(told, (self.publisher.not_heard(self.turns, heard),))

    def _finish(self, turn: Turn, origin: Origin, ear: str = MICROPHONE) -> None:
        self.turns += 1
        self.understood += bool(turn.wishes)
        aloud = origin.asker.way not in _READ
        if turn.reply and aloud:
            self.voice.say(turn.reply, to=ear)
        if turn.code_wanted:
            self.publisher.code_wanted(turn.code_wanted, self.conversation.now())
        published = self.publisher.turn(self.turns, turn, origin.asker.area) if turn.wishes else ()
        self.why.ended(turn, origin, self.conversation.backend.home)
        self.terminal.turn(turn, published)
        if turn.expects_answer and aloud:
            self.listen(_ANSWER_WITHIN, ear)
