"""The process that hears: sound in, typed words out.

`python -m hub.senses SETTINGS --up FD --down FD`. It opens device and models first; from then on
it needs no socket and no file, so that it can be sealed.
"""

import argparse
import itertools
import select
import sys

import msgspec
from audio.microphone import MicrophoneError

from hub.children import NOT_READY
from hub.ears import make_hearing
from hub.engines import EngineMissing
from hub.hearing import Hearing
from hub.messages import REASON_LIMIT, Health, HomeLine, Settings, State, ToSenses
from hub.pipes import Reader, Writer
from hub.process import prepare, quit_on_sigterm
from hub.settings import SensesSettings
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from hub.sources import Source, open_source

_TICK = 0.1
"""Seconds that a silent source may keep us from the pipe."""
_HEALTH_EVERY = 375
"""Frames between health lines."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("settings")
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    settings = msgspec.json.decode(args.settings, type=SensesSettings)
    up, down = Writer(args.up), Reader(args.down, msgspec.json.Decoder(ToSenses))
    up.send(State(source="senses", state="starting"))
    try:
        source = open_source(settings)
        hearing = make_hearing(settings.hear, open_shelf())
        up.send(State(source="senses", state="ready"))
        Senses(source, hearing, up, down).run()
    except (MicrophoneError, ShelfError, EngineMissing) as error:
        up.send(State(source="senses", state="deaf", reason=str(error)[:REASON_LIMIT]))
        return NOT_READY
    return 0


class Senses:
    """Sound and settings in, reports out, until the sound ends."""

    def __init__(
        self, source: Source, hearing: Hearing, up: Writer, down: Reader[ToSenses]
    ) -> None:
        self._source = source
        self._hearing = hearing
        self._up = up
        self._down = down

    def run(self) -> None:
        # Sound before the home is known could only be misunderstood.
        select.select([self._down.fd], [], [])
        self._up.send(State(source="senses", state="idle"))
        for count in itertools.count(1):
            self._obey()
            try:
                frame = self._source.read(_TICK)
            except EOFError:
                return
            for report in self._hearing.feed(frame) if frame else ():
                self._up.send(report)
            if count % _HEALTH_EVERY == 0:
                self._up.send(self._health())

    def _obey(self) -> None:
        for message in self._down.poll():
            match message:
                case HomeLine(home=home):
                    self._hearing.learn(home)
                case Settings(sensitivity=sensitivity):
                    self._hearing.set_sensitivity(sensitivity)

    def _health(self) -> Health:
        return Health(
            source="senses",
            dropped=self._source.dropped + self._up.dropped,
            refused=self._down.decoder.refused,
        )


if __name__ == "__main__":
    sys.exit(main())
