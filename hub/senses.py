"""The process that hears: sound in, typed words out.

`python -m hub.senses SETTINGS --up FD --down FD`. It opens device and models first; from then on
it is sealed: it can open nothing, and what it might print goes nowhere.
"""

import argparse
import select
import sys

import msgspec

from audio.engines import EngineError
from audio.files import SoundFileError
from audio.microphone import MicrophoneBusyError, MicrophoneLostError, NoMicrophoneError
from audio.portaudio import NoPortAudioError
from hub.cage.closing import NotSealed, closed
from hub.cage.rules import Role
from hub.children import NOT_READY
from hub.ears import make_hearing, make_own_sound
from hub.engines import EngineMissing
from hub.hearing import Hearing
from hub.keep.journal import Journal
from hub.keep.lock import lock_all
from hub.keep.owner import recipient
from hub.keep.recorder import Recorder
from hub.messages import (
    REASON_LIMIT,
    Closed,
    Health,
    HomeLine,
    Listen,
    NotHeard,
    Presence,
    Settings,
    State,
    ToSenses,
    Tune,
)
from hub.paths import enrolments_folder
from hub.pipes import Reader, Writer
from hub.process import give_back_memory, prepare, quit_on_sigterm
from hub.reference import ReferenceReader
from hub.self_hearing import without_echo
from hub.settings import SensesSettings
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from hub.sources import Source, open_source
from hub.voices import enrolled
from intents.documents import DocumentError

_EXPECTED = (
    *(NoPortAudioError, NoMicrophoneError, MicrophoneBusyError, MicrophoneLostError),
    *(SoundFileError, ShelfError, EngineMissing, EngineError, NotSealed, DocumentError),
)
_WHY = {"recordings": "Recordings are played instead of a microphone."}
_HEALTH_EVERY = 200
"""Frames between health lines."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("settings")
    parser.add_argument("--keep", type=int)
    parser.add_argument("--owner")
    parser.add_argument("--reference", type=int, required=True)
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    settings = msgspec.json.decode(args.settings, type=SensesSettings)
    up, down = Writer(args.up), Reader(args.down, msgspec.json.Decoder(ToSenses))
    up.send(State(source="senses", state="starting"))
    try:
        source = open_source(settings)
        own = make_own_sound(settings.hear, open_shelf()) if source.sample_at else None
        people = enrolled(enrolments_folder()) if settings.known_voices else None
        hearing = make_hearing(settings.hear, open_shelf(), own=own, people=people)
        if own is not None:
            source = without_echo(source, own, ReferenceReader(args.reference))
        if args.keep is not None:
            hearing.keep = Recorder(recipient(args.owner), Journal(args.keep)).keep
        give_back_memory()
        lock_all()
        wall = Closed(source="senses", level=closed(Role.SENSES))
        up.send(wall)
        up.send(State(source="senses", state="ready", reason=_WHY.get(settings.source, "")))
        Senses(source, hearing, wall, up, down).run()
    except _EXPECTED as error:
        up.send(State(source="senses", state="deaf", reason=str(error)[:REASON_LIMIT]))
        return NOT_READY
    return 0


class Senses:
    """Sound and settings in, reports out, until the sound ends."""

    def __init__(
        self,
        source: Source,
        hearing: Hearing,
        wall: Closed,
        up: Writer,
        down: Reader[ToSenses],
    ) -> None:
        self._source = source
        self._hearing = hearing
        self._wall = wall
        self._up = up
        self._down = down
        self._at_home = False

    def run(self) -> None:
        # Sound before the home is known could only be misunderstood.
        while not self._at_home and not self._down.closed:
            select.select([self._down.fd], [], [])
            self._obey()
        self._up.send(State(source="senses", state="idle"))
        for count, frame in enumerate(self._source.frames, 1):
            self._obey()
            for report in self._hearing.feed(frame) if frame else ():
                self._up.send(report)
            if count % _HEALTH_EVERY == 0:
                self._up.send(self._health())

    def _obey(self) -> None:
        for message in self._down.poll():
            match message:
                case HomeLine(home=home):
                    self._hearing.learn(home)
                    self._at_home = True
                case Listen() if self._source.is_silent:
                    self._up.send(NotHeard(source="senses", turn=0, reason="no_speech"))
                case Listen(seconds=seconds):
                    for report in self._hearing.listen(seconds):
                        self._up.send(report)
                case Presence(anybody=anybody):
                    self._hearing.referee(anybody=anybody)
                case Tune():
                    self._up.send(self._hearing.tuned())
                case Settings(sensitivity=sensitivity):
                    self._hearing.set_sensitivity(sensitivity)
                    if self._at_home:  # a new house does not know it
                        self._up.send(self._wall)
                        self._up.send(State(source="senses", state="idle"))

    def _health(self) -> Health:
        return Health(
            source="senses",
            dropped=self._source.dropped(),
            unsent=self._up.dropped,
            refused=self._down.decoder.refused,
            near_misses=self._hearing.near_misses,
        )


if __name__ == "__main__":
    sys.exit(main())
