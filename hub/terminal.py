"""A turn as a person reads it: what was heard, understood, done and said, and how long it took."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TextIO

from hub.turn import Action, Turn
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
        for post in published:
            self._row("published", f"{post.topic}  {len(post.payload)} bytes", "dim")
        if turn.reply:
            self._row("reply", turn.reply)
        self._row("ms", _times(turn), "dim")
        self._write("\n")

    def rings(self, text: str) -> None:
        """A timer has run out."""
        if self.shows_turns:
            self._row("timer", text, "bold")

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


def _action(action: Action) -> str:
    return f"{', '.join(action.targets) or action.intent}: {action.result}"


def _times(turn: Turn) -> str:
    seconds = turn.seconds
    stages = {"wait": seconds.vad, "asr": seconds.asr, "intent": seconds.intent}
    parts = [f"{name} {value * 1000:.0f}" for name, value in stages.items()]
    return f"{'  '.join(parts)}  speech end to intent {seconds.total * 1000:.0f}"
