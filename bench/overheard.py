"""What talk that is no command would make the hub do: `python -m bench.overheard [--misses]`.

Recordings of read sentences, prompts, noises and wake words go the whole way, as if a wake word had
just been said; sentences about other things (SLURP's, and the texts of those that are read) go as
a recogniser would write them, by one that cannot score. Each in two homes, the demo home and
`bench/language/home.yaml`. A row counts recordings (or sentences) in which something was
understood, after which something was done, and after which it would have been done a moment after
a real command in the same room ("more", "undo that", "and the bedroom?"). All should be 0.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from audio.engines import Asr, Transcript
from audio.files import SoundFileError
from audio.frames import Pcm
from bench.ears_sets import evenly
from bench.figures import recordings_folder, show
from bench.language.sentences import HERE
from hub.asker import Asker
from hub.cli.options import BadInput
from hub.ears import make_hearing
from hub.engines import Workshop
from hub.hearing import Hearing
from hub.homes.demo import demo_home
from hub.listening import listen, read
from hub.local import Local
from hub.settings import EngineChoice, Hear
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from intents.home import Home
from intents.home_file import load
from intents.wishes import NotUnderstood, Wish

RECORDINGS: Mapping[str, str] = {
    "read_sentences": "asr/read_sentences",
    "prompts": "wakeword/negative/prompts_en",
    "words": "wakeword/negative/notwake",
    "noise": "wakeword/negative/noise",
    "music": "wakeword/negative/music",
    "wake_words": "wakeword/positive",
}
TEXTS: Mapping[str, str] = {
    "slurp_not_home": "text/slurp_not_home.jsonl",
    "read_sentences_texts": "asr/read_sentences/labels.jsonl",
}
_BEFORE = ("set the brightness of {light} to 40 percent", "turn on {light}")
"""Real commands before: what changed a level, and what turned on."""


class _Labelled(msgspec.Struct):
    text: str


@dataclass(frozen=True, slots=True)
class Room:
    """Where it is overheard. `light`: a thing that one has just spoken of."""

    name: str
    local: Local
    area: str
    light: str


@dataclass(frozen=True, slots=True)
class Overheard:
    """One recording or sentence in one home."""

    what: str
    said: tuple[str, ...] = field(repr=False)
    wishes: tuple[Wish, ...]
    acted: bool
    acted_after: bool


@dataclass
class Remembering:
    """An ear that hears the same sound once for all homes."""

    asr: Asr
    _sound: bytes = b""
    _known: dict[bytes, Transcript] = field(default_factory=dict)

    def transcribe(self, pcm: Pcm) -> Transcript:
        key = pcm.tobytes()
        if key not in self._known:
            self._known[key] = self.asr.transcribe(pcm)
        return self._known[key]

    def forget(self) -> None:
        self._known.clear()


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.overheard")
    names = [*RECORDINGS, *TEXTS]
    parser.add_argument("--sets", nargs="+", choices=names, default=names)
    parser.add_argument("--model", choices=("tiny.en", "base"), default="tiny.en")
    parser.add_argument("--limit", type=int, help="of each set, evenly chosen; else all")
    parser.add_argument("--misses", action="store_true", help="show what was understood")
    args = parser.parse_args()
    rooms = (
        _room("demo", demo_home(), "Living Room", "kitchen light"),
        _room("house", load(HERE / "home.yaml"), "Living Room", "the floor lamp"),
    )
    try:
        rows = [row for name in args.sets for row in _measured(name, rooms, args)]
    except (BadInput, ShelfError, SoundFileError) as error:
        print(error, file=sys.stderr)
        return 1
    show(("set", "home", "n", "understood", "acted", "acted_after"), rows)
    return 0


def _room(name: str, home: Home, area: str, light: str) -> Room:
    return Room(name, Local("en", home), area, light)


def _measured(
    name: str, rooms: Sequence[Room], args: argparse.Namespace
) -> Iterator[tuple[str | int, ...]]:
    """A row for each home. Raises BadInput, ShelfError, SoundFileError."""
    data = recordings_folder()
    if not data.is_dir():
        raise BadInput(f"No recordings at {data}: set INGLENOOK_DATA to their folder.")
    if name in TEXTS:
        found = _texts(data / TEXTS[name], rooms, args.limit)
    else:
        found = _recordings(data / RECORDINGS[name], rooms, args)
    columns: dict[str, list[Overheard]] = {room.name: [] for room in rooms}
    for room, each in found:
        columns[room.name].append(each)
        if each.wishes and args.misses:
            meant = [(wish.intent, dict(wish.slots)) for wish in each.wishes]
            print(f"{name}, {room.name}, {each.what}: {each.said}\n  {meant}", flush=True)
    for room_name, column in columns.items():
        yield (
            name,
            room_name,
            len(column),
            sum(bool(each.wishes) for each in column),
            sum(each.acted for each in column),
            sum(each.acted_after for each in column),
        )


def _texts(
    file: Path, rooms: Sequence[Room], limit: int | None
) -> Iterator[tuple[Room, Overheard]]:
    rows = msgspec.json.Decoder(_Labelled).decode_lines(file.read_bytes())
    for row in evenly(rows, limit):
        for room in rooms:
            grammar = room.local.grammars("en").of(room.local.home)
            found = grammar.hear(row.text, room.area, None).understanding
            wishes = () if isinstance(found, NotUnderstood) else (found,)
            yield room, asyncio.run(_overheard("", (row.text,), wishes, room))


def _recordings(
    folder: Path, rooms: Sequence[Room], args: argparse.Namespace
) -> Iterator[tuple[Room, Overheard]]:
    """Raises ShelfError, SoundFileError."""
    ear = EngineChoice(engine="whisper", options={"model": args.model})
    asr = Remembering(Workshop(open_shelf()).asr(ear))
    hearings = [(room, _hearing(room, ear, asr)) for room in rooms]
    for file in evenly(sorted(folder.rglob("*.wav")), args.limit):
        sound = read(file)
        asr.forget()
        for room, hearing in hearings:
            takes = asyncio.run(listen(sound, hearing, room.local.conversation()))
            turns = [take.turn for take in takes if take.turn.wishes]
            said = tuple(turn.words or "" for turn in turns)
            wishes = tuple(turn.wishes for turn in turns)
            yield room, asyncio.run(_overheard(file.name, said, wishes, room))


def _hearing(room: Room, ear: EngineChoice, asr: Asr) -> Hearing:
    settings = Hear(wake=None, vad=EngineChoice(engine="silero"), asr=ear, area=room.area)
    grammar = room.local.grammars("en").of(room.local.home)
    hearing = make_hearing(settings, open_shelf(), grammar)
    hearing.asr = asr
    return hearing


async def _overheard(
    what: str, said: tuple[str, ...], turns: Sequence[tuple[Wish, ...]], room: Room
) -> Overheard:
    """Done in a home where nobody spoke before, and in one where somebody did."""
    acted = await _acts(turns, room, ())
    after = await _acts(turns, room, _BEFORE)
    wishes = tuple(wish for wishes in turns for wish in wishes)
    return Overheard(what, said, wishes, acted=acted, acted_after=after)


async def _acts(turns: Sequence[tuple[Wish, ...]], room: Room, before: Sequence[str]) -> bool:
    if not turns:
        return False
    asker = Asker("voice", room.area)
    conversation = room.local.conversation()
    for sentence in before:
        done = await conversation.ask(sentence.format(light=room.light), asker)
        if not done.actions:
            raise BadInput(f"{room.name} has nothing that is called {room.light}.")
    heard = [await conversation.take(wishes, asker) for wishes in turns]
    return any(turn.actions for turn in heard)


if __name__ == "__main__":
    sys.exit(main())
