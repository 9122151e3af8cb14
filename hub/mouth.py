"""The process that speaks: text in, sound out; it cannot hear.

`python -m hub.mouth SETTINGS --up FD --down FD`. The loudspeaker is opened before anything else.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from audio.convert import converted
from audio.earcons import attention, not_understood, wake
from audio.engines import EngineError, Tts
from audio.files import WavSink
from audio.frames import RATE, Pcm
from audio.portaudio import NoPortAudioError
from audio.speaker import BLOCK, NoSpeakerError, Speaker
from hub.cage.closing import NotSealed, closed
from hub.cage.rules import Role
from hub.children import NOT_READY
from hub.engines import EngineMissing, Workshop
from hub.messages import (
    REASON_LIMIT,
    SATELLITE,
    Closed,
    Earcon,
    Health,
    Say,
    Spoken,
    State,
    ToMouth,
)
from hub.orders import Orders
from hub.pipes import Reader, Writer
from hub.process import give_back_memory, prepare, quit_on_sigterm
from hub.reference import ReferenceWriter, Telling
from hub.satellites.speaking import SatelliteVoice
from hub.settings import MouthSettings
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf

_EARCONS: Mapping[Earcon, Callable[[], Pcm]] = {
    "wake": wake,
    "not_understood": not_understood,
    "attention": attention,
}


_EXPECTED = (NoPortAudioError, NoSpeakerError, ShelfError, EngineMissing, EngineError, NotSealed)


class Sink(Protocol):
    def play(self, pcm: Pcm, rate: int, go_on: Callable[[float], bool]) -> None: ...

    def close(self) -> None: ...


class Nowhere:
    """Of a hub without a loudspeaker of its own."""

    def play(self, pcm: Pcm, rate: int, go_on: Callable[[float], bool]) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Mouth:
    """`reference`: who listens is told what is played; not where it goes to a file. Without `tts`
    only earcons sound.
    """

    sink: Sink
    tts: Tts | None
    earcons: bool = True
    reference: ReferenceWriter | None = None

    def say(self, say: Say, hushed: Callable[[], bool]) -> float:
        """Sound it here until `hushed`; gives the seconds of sound, had it not been."""
        seconds = 0.0
        for pcm, rate in self.sounds(say):
            if hushed():
                break
            self._play(pcm, rate, hushed)
            seconds += len(pcm) / rate
        return seconds

    def sounds(self, say: Say) -> Iterator[tuple[Pcm, int]]:
        """Each with its rate, made when it is asked for."""
        if say.earcon and self.earcons:
            yield _EARCONS[say.earcon](), RATE
        if say.text and self.tts is not None:
            yield self.tts.speak(say.text), self.tts.rate

    def _play(self, pcm: Pcm, rate: int, hushed: Callable[[], bool]) -> None:
        sound = pcm if rate == RATE else converted(pcm, rate, RATE)
        telling = Telling(self.reference, sound) if self.reference else None

        def go_on(seconds: float) -> bool:
            if hushed():
                return False
            if telling:
                telling.until(seconds + BLOCK)
            return True

        self.sink.play(pcm, rate, go_on)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("settings")
    parser.add_argument("--reference", type=int, required=True)
    parser.add_argument("--voice", action="append", default=[], help="KEY:FD")
    args = prepare(parser)
    settings = msgspec.json.decode(args.settings, type=MouthSettings)
    up = Writer(args.up)
    try:
        elsewhere = dict(map(_voice_there, args.voice))
        sink = _sink(settings, needed=not elsewhere)
        quit_on_sigterm(sink.close)
        reference = ReferenceWriter(args.reference) if isinstance(sink, Speaker) else None
        mouth = Mouth(sink, _voice(settings), settings.earcons, reference)
        give_back_memory()
        wall = Closed(source="mouth", level=closed(Role.MOUTH))
        up.send(wall)
        up.send(State(source="mouth", state="ready"))
        down = Reader(args.down, msgspec.json.Decoder(ToMouth))
        speak_for_ever(mouth, elsewhere, wall, up, down)
    except (*_EXPECTED, OSError) as error:
        up.send(State(source="mouth", state="deaf", reason=str(error)[:REASON_LIMIT]))
        return NOT_READY
    return 0


def _voice(settings: MouthSettings) -> Tts | None:
    if settings.tts is None:
        return None
    return Workshop(open_shelf(), settings.language).tts(settings.tts)


def _sink(settings: MouthSettings, *, needed: bool) -> Sink:
    """A hub whose satellites speak needs no loudspeaker of its own. Raises as Speaker."""
    if settings.file:
        return WavSink(Path(settings.file))
    try:
        return Speaker(settings.device)
    except (NoPortAudioError, NoSpeakerError):
        if needed:
            raise
        return Nowhere()


def _voice_there(told: str) -> tuple[str, SatelliteVoice]:
    key, _, fd = told.partition(":")
    return f"{SATELLITE}{key}", SatelliteVoice(int(fd))


def speak_for_ever(
    mouth: Mouth,
    elsewhere: Mapping[str, SatelliteVoice],
    wall: Closed,
    up: Writer,
    down: Reader[ToMouth],
) -> None:
    """Until the pipe closes, which it does only when the launcher has gone.

    A new house greets with nothing to say, and is told how this process is closed.
    """
    orders = Orders(down)
    while (say := orders.next()) is not None:
        if not say.text and not say.earcon:
            up.send(wall)
        if there := elsewhere.get(say.to):
            there.say(say.id, list(mouth.sounds(say)))
            continue
        if say.text:
            up.send(State(source="mouth", state="speaking"))
        seconds = mouth.say(say, orders.hushed)
        up.send(Spoken(source="mouth", id=say.id, seconds=round(seconds, 2)))
        if down.decoder.refused or orders.dropped:
            refused, unsent = down.decoder.refused, orders.dropped
            up.send(Health(source="mouth", refused=refused, unsent=unsent))


if __name__ == "__main__":
    sys.exit(main())
