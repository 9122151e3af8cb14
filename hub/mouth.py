"""The process that speaks: text in, sound out; it cannot hear.

`python -m hub.mouth SETTINGS --up FD --down FD`. The loudspeaker is opened before anything else.
"""

import argparse
import select
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from audio.earcons import attention, not_understood, wake
from audio.engines import EngineError, Tts
from audio.files import WavSink
from audio.frames import RATE, Pcm
from audio.portaudio import NoPortAudioError
from audio.speaker import NoSpeakerError, Speaker
from hub.cage.closing import NotSealed, closed
from hub.cage.rules import Role
from hub.children import NOT_READY
from hub.engines import EngineMissing, Workshop
from hub.fields import REASON_LIMIT, SATELLITE, Earcon
from hub.messages import Closed, Health, Say, State, ToMouth
from hub.orders import Order, Orders
from hub.pipes import Reader, Writer
from hub.player import Nowhere, Player, Sink
from hub.process import give_back_memory, prepare, quit_on_sigterm
from hub.reference import ReferenceWriter
from hub.satellites.speaking import SatelliteVoice
from hub.settings import MouthSettings
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf

_EARCONS: Mapping[Earcon, Callable[[], Pcm]] = {
    "wake": wake,
    "not_understood": not_understood,
    "attention": attention,
}
_LOOK = 0.02
"""Seconds between two looks at whether a place has become free."""
_EXPECTED = (NoPortAudioError, NoSpeakerError, ShelfError, EngineMissing, EngineError, NotSealed)


@dataclass(frozen=True, slots=True)
class Speech:
    """Without `tts` only earcons sound."""

    tts: Tts | None
    earcons: bool = True

    def sounds(self, say: Say) -> Iterator[tuple[Pcm, int]]:
        """Each with its rate, made when it is asked for."""
        if say.earcon and self.earcons:
            yield _EARCONS[say.earcon](), RATE
        if say.text and self.tts is not None:
            yield self.tts.speak(say.text), self.tts.rate


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
        speech = Speech(_voice(settings), settings.earcons)
        give_back_memory()
        wall = Closed(source="mouth", level=closed(Role.MOUTH))
        without = (
            (State(source="mouth", state="idle", reason=sink.reason),)
            if isinstance(sink, Nowhere)
            else ()
        )
        for each in (wall, State(source="mouth", state="ready"), *without):
            up.send(each)
        down = Reader(args.down, msgspec.json.Decoder(ToMouth))
        orders = Orders(down)
        player = Player(sink, reference, orders.is_hushed, up.send)
        quit_on_sigterm(player.close)
        Mouth(speech, player, elsewhere, (wall, *without), up).speak_for_ever(orders, down)
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
    except (NoPortAudioError, NoSpeakerError) as error:
        if needed:
            raise
        return Nowhere(str(error)[:REASON_LIMIT])


def _voice_there(told: str) -> tuple[str, SatelliteVoice]:
    key, _, fd = told.partition(":")
    return f"{SATELLITE}{key}", SatelliteVoice(int(fd))


@dataclass(frozen=True, slots=True)
class Mouth:
    """Makes speech, one after the other, and has it heard where it belongs. `standing`: how this
    process is closed, and what it does without.
    """

    speech: Speech
    player: Player
    elsewhere: Mapping[str, SatelliteVoice]
    standing: tuple[Closed | State, ...]
    up: Writer

    def speak_for_ever(self, orders: Orders, down: Reader[ToMouth]) -> None:
        """Until the pipe closes, which it does only when the launcher has gone.

        A new house greets with nothing to say, and is told how this process stands. Raises
        NoSpeakerError.
        """
        while not orders.is_over:
            is_playing = not self.player.is_free  # before it is asked: it takes orders, too
            order = orders.next(self._is_free)
            if order is None:
                self._wait(down, is_playing=is_playing)
            elif there := self.elsewhere.get(order.say.to):
                there.say(order.say.id, list(self.speech.sounds(order.say)), time.monotonic())
            else:
                self._say_here(order)
                if down.decoder.refused or orders.dropped:
                    refused, unsent = down.decoder.refused, orders.dropped
                    self.up.send(Health(source="mouth", refused=refused, unsent=unsent))

    def _is_free(self, place: str) -> bool:
        there = self.elsewhere.get(place)
        return self.player.is_free if there is None else there.is_free

    def _say_here(self, order: Order) -> None:
        if not order.say.text and not order.say.earcon:
            for each in self.standing:
                self.up.send(each)
        self.player.say(order, self.speech.sounds(order.say))

    def _wait(self, down: Reader[ToMouth], *, is_playing: bool) -> None:
        """For an order, or for a place to become free."""
        unwritten = [voice for voice in self.elsewhere.values() if not voice.is_free]
        patience = _LOOK if is_playing or unwritten else None
        select.select([down.fd], [voice.fd for voice in unwritten], [], patience)
        for voice in unwritten:
            voice.go_on(time.monotonic())


if __name__ == "__main__":
    sys.exit(main())
