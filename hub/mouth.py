"""The process that speaks: text in, sound out; it cannot hear.

`python -m hub.mouth SETTINGS --up FD --down FD`. The loudspeaker is opened before anything else.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

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
from hub.messages import REASON_LIMIT, Closed, Earcon, Health, Say, Spoken, State, ToMouth
from hub.orders import Orders
from hub.pipes import Reader, Writer
from hub.process import give_back_memory, prepare, quit_on_sigterm
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


class Mouth:
    def __init__(self, settings: MouthSettings, sink: Sink, tts: Tts | None) -> None:
        self._earcons = settings.earcons
        self._sink = sink
        self._tts = tts

    def say(self, say: Say, hushed: Callable[[], bool]) -> float:
        """Sound it until `hushed`; gives the seconds of speech, had it not been."""
        if say.earcon and self._earcons:
            self._sink.play(_EARCONS[say.earcon](), RATE, lambda _: not hushed())
        if not say.text or self._tts is None or hushed():
            return 0.0
        pcm = self._tts.speak(say.text)
        self._sink.play(pcm, self._tts.rate, lambda _: not hushed())
        return len(pcm) / self._tts.rate


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("settings")
    args = prepare(parser)
    settings = msgspec.json.decode(args.settings, type=MouthSettings)
    up = Writer(args.up)
    try:
        sink = WavSink(Path(settings.file)) if settings.file else Speaker(settings.device)
        quit_on_sigterm(sink.close)
        mouth = Mouth(settings, sink, _voice(settings))
        give_back_memory()
        wall = Closed(source="mouth", level=closed(Role.MOUTH))
        up.send(wall)
        up.send(State(source="mouth", state="ready"))
        speak_for_ever(mouth, wall, up, Reader(args.down, msgspec.json.Decoder(ToMouth)))
    except (*_EXPECTED, OSError) as error:
        up.send(State(source="mouth", state="deaf", reason=str(error)[:REASON_LIMIT]))
        return NOT_READY
    return 0


def _voice(settings: MouthSettings) -> Tts | None:
    if settings.tts is None:
        return None
    return Workshop(open_shelf(), settings.language).tts(settings.tts)


def speak_for_ever(mouth: Mouth, wall: Closed, up: Writer, down: Reader[ToMouth]) -> None:
    """Until the pipe closes, which it does only when the launcher has gone.

    A new house greets with nothing to say, and is told how this process is closed.
    """
    orders = Orders(down)
    while (say := orders.next()) is not None:
        if not say.text and not say.earcon:
            up.send(wall)
        if say.text:
            up.send(State(source="mouth", state="speaking"))
        seconds = mouth.say(say, orders.hushed)
        up.send(Spoken(source="mouth", id=say.id, seconds=round(seconds, 2)))
        if down.decoder.refused or orders.dropped:
            refused, unsent = down.decoder.refused, orders.dropped
            up.send(Health(source="mouth", refused=refused, unsent=unsent))


if __name__ == "__main__":
    sys.exit(main())
