"""`inglenook hear FILE...`: recordings go the whole way, in a home of their own, unsent."""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from audio.engines import EngineError, Vad
from audio.files import SoundFileError
from audio.frames import Pcm
from hub.asker import Asker
from hub.cli.options import BadInput, add_conversation, complain, conversations, settings
from hub.ears import make_hearing
from hub.engines import EngineMissing, Workshop
from hub.family import hear_settings
from hub.hearing import Hearing
from hub.listening import Take, last_speech, listen, read
from hub.local import Local
from hub.scoring import Judged, Label, Truth, judge, score
from hub.settings import EngineChoice
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from hub.terminal import Terminal
from hub.turn import line


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("hear", help="understand recordings")
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--references", type=Path, help="labels to score against (JSON lines)")
    parser.add_argument(
        "--wake",
        choices=("word", "never"),
        default="word",
        help="never: the recording starts with the command",
    )
    add_conversation(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if not args.files and not args.references:
        return complain(BadInput("Name a recording, or --references with a file of labels."))
    try:
        config = settings(args)
        labels = read_labels(args.references) if args.references else []
        hear = hear_settings(config)
        if args.wake == "never":
            hear = msgspec.structs.replace(hear, wake=None)
        home = conversations(args, config)
        session = Session(
            home=home,
            hearing=make_hearing(hear, open_shelf(), home.grammars(config.language).of(home.home)),
            vad=Workshop(open_shelf()).vad(EngineChoice(engine="silero")),
            area=args.area or config.area,
            json=args.json,
        )
        if args.references:
            return asyncio.run(session.score(args.references.parent, labels, args.files))
        return asyncio.run(session.hear(args.files))
    except BadInput as error:
        return complain(error)
    except (ShelfError, EngineMissing, EngineError) as error:
        return complain(error, 1)


@dataclass
class Session:
    home: Local
    hearing: Hearing
    vad: Vad
    area: str | None
    json: bool

    async def hear(self, files: Sequence[Path]) -> int:
        """Each file's turns; a bad file is told and the next is heard."""
        status = 0
        for file in files:
            try:
                takes = await self._takes(file)
            except SoundFileError as error:
                status = complain(error)
                continue
            for take in takes:
                self._show(take)
            if not takes and not self.json:
                Terminal(shows_turns=True).note(f"{file}: no command was heard.")
        return status

    async def score(self, folder: Path, labels: Sequence[Label], only: Sequence[Path]) -> int:
        """Every labelled recording, then one line of figures."""
        names = {file.name for file in only}
        judged: list[Judged] = []
        unscored = status = 0
        for label in labels:
            if names and Path(label.audio).name not in names:
                continue
            truth = await self._truth(label)
            try:
                sound = read(folder / label.audio)
            except SoundFileError as error:
                status, unscored = complain(error), unscored + 1
                continue
            takes = await listen(sound, self.hearing, self.home.conversation())
            for take in takes:
                self._show(take)
            if truth is None:
                unscored += 1
                continue
            judged.append(self._judge(takes, truth, sound))
        print(msgspec.json.encode(score(judged, unscored)).decode())
        return status

    def _judge(self, takes: Sequence[Take], truth: Truth, sound: Pcm) -> Judged:
        """By the first turn that was understood; any further action is a false one."""
        understood = [take for take in takes if take.turn.wishes] or takes
        if not understood:
            return judge(None, truth, None)
        first, *others = understood
        more = any(take.turn.actions for take in others)
        return judge(first.turn, truth, first.at - last_speech(sound, self.vad), more=more)

    async def _takes(self, file: Path) -> list[Take]:
        return await listen(read(file), self.hearing, self.home.conversation())

    async def _truth(self, label: Label) -> Truth | None:
        """A row with only text asks for what `ask` makes of it; None where that is nothing."""
        if label.is_oov:
            return Truth(None, {})
        if label.intent is not None:
            return Truth(label.intent, label.slots or {})
        turn = await self.home.conversation().ask(label.text or "", Asker("typed", self.area))
        return Truth(turn.wishes[0].intent, turn.wishes[0].slots) if turn.wishes else None

    def _show(self, take: Take) -> None:
        if self.json:
            print(msgspec.json.encode(line(take.turn)).decode(), flush=True)
        else:
            Terminal(shows_turns=True).turn(take.turn)


def read_labels(file: Path) -> list[Label]:
    """Raises BadInput with the number of the line."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} cannot be read: {error}") from error
    labels = []
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            labels.append(msgspec.json.decode(text, type=Label))
        except msgspec.MsgspecError as error:
            raise BadInput(f"{file}:{number}: {error}") from error
    return labels
