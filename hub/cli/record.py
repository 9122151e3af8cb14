"""`inglenook bench record`: the household says its test sentences, and they are kept encrypted."""

import argparse
import sys
from collections.abc import Iterator
from secrets import SystemRandom

import msgspec

from audio.engines import EngineError, Vad
from audio.frames import Pcm, seconds
from audio.microphone import (
    Microphone,
    MicrophoneBusyError,
    MicrophoneLostError,
    NoMicrophoneError,
)
from audio.portaudio import NoPortAudioError
from hub.cli.options import BadInput, complain, conversations, not_yours, settings
from hub.config import Config
from hub.control import NoHub, StateRequest, request
from hub.engines import EngineMissing, Workshop
from hub.household_bench.chest import Chest, household_chest
from hub.household_bench.taking import Moment, advice, level, meter, take
from hub.keep.errors import KeepError
from hub.settings import EngineChoice
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from intents.grammar import Grammar
from intents.wishes import NotUnderstood

_SUGGESTED = 40
_TALK, _END = "-", "q"
_HOW = (
    "For each sentence: Enter to say it, or first type one of your own; - for talk that asks for "
    "nothing; q to end."
)
_MUTED = (
    "The hub is muted, so nothing is recorded. `inglenook mute off` opens the microphone again."
)
_LISTENS = "The running hub listens too: leave its wake word out, and it does nothing."
_HOLDS = "The running hub holds the microphone: stop the hub while you record."
_PROBLEMS = (
    ShelfError, EngineMissing, EngineError, KeepError, NoPortAudioError, NoMicrophoneError,
    MicrophoneLostError,
)  # fmt: skip


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence kept. `text` null: it asks for nothing. `level`: its peak, dBFS."""

    id: str
    text: str | None
    seconds: float
    level: float
    advice: str


class Muted(Exception):
    """The owner has closed the microphone."""


def add_parser(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    record = actions.add_parser("record", help="say sentences, which are kept like added ones")
    record.add_argument(
        "--count", type=_positive, metavar="N", help="how many; default: until you end"
    )
    record.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="one object a sentence"
    )
    record.set_defaults(run=run)


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def run(args: argparse.Namespace) -> int:
    hub_listens = False
    try:
        config = settings(args)
        home = conversations(args, config)
        grammar = home.grammars(config.language).of(home.home)
        hub_listens = _hub_listens()
        vad = Workshop(open_shelf()).vad(EngineChoice(engine="silero"))
        _tell(*((_LISTENS,) if hub_listens else ()), _HOW)
        _Session(args, config, grammar, vad, household_chest()).record()
    except BadInput as error:
        return complain(error)
    except PermissionError as error:
        return complain(not_yours(error), 1)
    except MicrophoneBusyError as error:
        return complain(MicrophoneBusyError(_HOLDS) if hub_listens else error, 1)
    except (*_PROBLEMS, Muted) as error:
        return complain(error, 1)
    except OSError as error:
        return complain(BadInput(f"It cannot be kept: {error}."), 1)
    except KeyboardInterrupt:
        _tell("")
    return 0


def _hub_listens() -> bool:
    """Whether a hub is running that can hear. Raises Muted."""
    try:
        assist = request(StateRequest()).assist
    except NoHub:
        return False
    if assist == "muted":
        raise Muted(_MUTED)
    return assist != "deaf"


class _Session:
    def __init__(
        self, args: argparse.Namespace, config: Config, grammar: Grammar, vad: Vad, chest: Chest
    ) -> None:
        self._as_json: bool = args.json
        self._count: int | None = args.count
        self._area: str | None = args.area or config.area
        self._device = config.microphone.device
        self._grammar, self._vad, self._chest = grammar, vad, chest

    def record(self) -> None:
        """Until there are enough, or no more is wanted. Raises KeepError, microphone's errors."""
        kept = 0
        suggestions = self._suggestions()
        wanted = next(suggestions)
        while kept != self._count:
            answer = _asked(f'Say "{wanted}": ' if wanted else "Say: ")
            if answer is None:
                return
            text = None if answer == _TALK else answer or wanted
            if text is not None and not self._is_known(text):
                continue
            sound = self._listen()
            _end_of_line()
            if sound is None:
                _tell("Nothing was heard. Once more:")
                continue
            self._keep(text, sound)
            kept += 1
            wanted = wanted if answer else next(suggestions)

    def _suggestions(self) -> Iterator[str]:
        """Empty ones where all that can be said is free text."""
        while True:
            yield from self._grammar.examples(SystemRandom(), _SUGGESTED) or ("",)

    def _is_known(self, text: str) -> bool:
        found = self._grammar.parse(text, self._area)
        if isinstance(found, NotUnderstood):
            _tell("This home knows no such command, so it could not be scored. Near it:")
            _tell(*(f"  {sentence}" for sentence in found.nearest))
        return not isinstance(found, NotUnderstood)

    def _listen(self) -> Pcm | None:
        """The microphone is open only while a sentence is said."""
        with Microphone(self._device) as microphone:
            return take(microphone.frames(), self._vad, _show)

    def _keep(self, text: str | None, sound: Pcm) -> None:
        taken = Taken(
            id=self._chest.add(text, sound),
            text=text,
            seconds=round(seconds(len(sound)), 2),
            level=round(level(sound), 1),
            advice=advice(sound),
        )
        if self._as_json:
            print(msgspec.json.encode(taken).decode(), flush=True)
            return
        said = text or "(asks for nothing)"
        print(f"{taken.id}  {said}  {taken.seconds} s. {taken.advice}".rstrip(), flush=True)


def _asked(question: str) -> str | None:
    """A line typed; None for the end."""
    print(question, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    answer = line.strip()
    return None if not line or answer == _END else answer


def _show(moment: Moment) -> None:
    if sys.stderr.isatty():
        when = f"in {moment.count}" if moment.count else "speak"
        print(f"\r{meter(moment.level)} {when} ", end="", file=sys.stderr, flush=True)


def _end_of_line() -> None:
    if sys.stderr.isatty():
        _tell("")


def _tell(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
