"""A turn as a person reads it: what was heard, understood, done and said, and how long it took."""

import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TextIO

from hub.turn import Action, Turn
from hub.why.because import Because
from hub.why.trace import Trace
from integrations.topics import Post

_STYLES = {"dim": "\033[2m", "bold": "\033[1m", "green": "\033[32m", "red": "\033[31m"}


@dataclass
class Terminal:
    """Colour only where the stream is a terminal. `shows_turns` is off where the stream may be a
    log, which must not hold what was said; notes have no content and are always written.
    """

    shows_turns: bool
    stream: TextIO = field(default_factory=lambda: sys.stdout)

    def wake(self, word: str, score: float) -> None:
        if self.shows_turns:
            self._row("wake", f"{word.replace('_', ' ')}  {score:.2f}", "bold")

    def turn(self, turn: Turn, published: Sequence[Post] = ()) -> None:
        if not self.shows_turns:
            return
        self._understood(turn)
        for post in published:
            self._row("published", f"{post.topic}  {len(post.payload)} bytes", "dim")
        self._answered(turn)

    def trace(self, trace: Trace) -> None:
        """A turn that is over, with all that is known of it."""
        when = time.strftime("%a %d %b %H:%M:%S", time.localtime(trace.at))
        self._row("when", ", ".join(filter(None, (when, trace.asker.way, trace.asker.area))))
        if trace.wake:
            self.wake(trace.wake.word, trace.wake.score)
        if trace.reason in ("no_speech", "sound_lost"):
            self._row("not heard", trace.reason.replace("_", " "), "red")
        else:
            self._understood(trace.turn)
        for each in trace.candidates:
            self._row("near", f"{each.sentence}  {_score(each.score)}".rstrip())
        for reason in filter(None, trace.because):
            self._row("because", _because(reason))
        if trace.turn.wishes:
            sure = f"words {trace.turn.confidence:.2f}"
            wishes = (f"{w.intent} {w.score:.2f} > answer {w.response}" for w in trace.turn.wishes)
            self._row("sure", "  ".join((sure, *wishes)), "dim")
        self._answered(trace.turn)

    def _understood(self, turn: Turn) -> None:
        if not turn.wishes:
            self._row(
                "not understood", "; ".join(turn.nearest) and f"try: {turn.nearest[0]}", "red"
            )
        elif turn.words:
            self._row("words", turn.words, "bold")
        for wish in turn.wishes:
            slots = "  ".join(f"{name}={value}" for name, value in wish.slots.items())
            self._row("intent", f"{wish.intent}  {slots}".rstrip())
        for action in turn.actions:
            self._row("home", _action(action), "green" if action.result == "done" else "")

    def _answered(self, turn: Turn) -> None:
        if turn.reply:
            self._row("reply", turn.reply)
        self._row("ms", _times(turn), "dim")
        self._write("\n")

    def rings(self, text: str) -> None:
        """Something that nobody has just asked for: a timer has run out, a home came back."""
        if self.shows_turns:
            self._row("later", text, "bold")

    def note(self, text: str) -> None:
        """Something a person should know, in plain words."""
        self._row("·", text, "dim")

    def _row(self, label: str, text: str, style: str = "") -> None:
        if self.stream.isatty() and style:
            text = f"{_STYLES[style]}{text}\033[0m"
        self._write(f"  {label:>14}  {text}\n")

    def _write(self, text: str) -> None:
        """Where nobody reads any more, the hub goes on without a terminal."""
        with suppress(BrokenPipeError):
            self.stream.write(text)
            self.stream.flush()


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"


def _because(because: Because) -> str:
    place = because.place or "the home"
    match because.kind:
        case "named":
            return "it was named"
        case "only":
            return f"the only {because.domain} in {place}"
        case "all":
            return f"every {because.domain} in {place}"


def _action(action: Action) -> str:
    care = f" ({action.care})" if action.care not in (None, "free") else ""
    return f"{', '.join(action.targets) or action.intent}: {action.result}{care}"


def _times(turn: Turn) -> str:
    seconds = turn.seconds
    stages = {"wait": seconds.vad, "asr": seconds.asr, "intent": seconds.intent}
    parts = [f"{name} {value * 1000:.0f}" for name, value in stages.items()]
    return f"{'  '.join(parts)}  speech end to intent {seconds.total * 1000:.0f}"
