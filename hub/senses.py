"""The process that hears: sound in, typed words out.

`python -m hub.senses SETTINGS --up FD --down FD`. It opens device and models first; from then on
it is sealed: it can open nothing, and what it might print goes nowhere.
"""

import argparse
import select
import sys
from collections.abc import Mapping

import msgspec

from audio.engines import EngineError
from audio.files import SoundFileError
from audio.microphone import MicrophoneLostError
from audio.own_sound import OwnSound
from hub.cage.closing import NotSealed, closed
from hub.cage.rules import Role
from hub.children import NOT_READY
from hub.ears import make_another, make_hearing, make_own_sound
from hub.engines import EngineMissing
from hub.fields import MICROPHONE, REASON_LIMIT, SATELLITE
from hub.hearing import Hearing
from hub.keep.journal import Journal
from hub.keep.lock import lock_all
from hub.keep.owner import recipient
from hub.keep.recorder import Recorder
from hub.loudness import Loudness
from hub.many_ears import Ears, SatelliteEar
from hub.messages import (
    Closed,
    Health,
    HomeLine,
    Listen,
    Measure,
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
from hub.satellites.hearing import SatelliteSound
from hub.self_hearing import without_echo
from hub.settings import SensesSettings
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import Shelf, open_shelf
from hub.sound_memory import SoundReader
from hub.sources import NOT_THERE, Source, open_beside, open_source, silent
from hub.voices import enrolled
from intents.documents import DocumentError

_EXPECTED = (
    *NOT_THERE,
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
    parser.add_argument("--ear", action="append", default=[], help="KEY:FD")
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    settings = msgspec.json.decode(args.settings, type=SensesSettings)
    up, down = Writer(args.up), Reader(args.down, msgspec.json.Decoder(ToSenses))
    up.send(State(source="senses", state="starting"))
    try:
        opened = open_beside if args.ear else open_source
        source, shelf = opened(settings), open_shelf()
        own = make_own_sound(settings.hear, shelf) if source.sample_at else None
        ears = _ears(settings, shelf, source, own, dict(map(_sound, args.ear)))
        if own is not None:
            source = without_echo(source, own, ReferenceReader(args.reference))
        if args.keep is not None:
            ears.keep(Recorder(recipient(args.owner), Journal(args.keep)).keep)
        give_back_memory()
        lock_all()
        wall = Closed(source="senses", level=closed(Role.SENSES))
        up.send(wall)
        up.send(State(source="senses", state="ready", reason=_WHY.get(settings.source, "")))
        Senses(source, ears, wall, up, down).run()
    except _EXPECTED as error:
        up.send(State(source="senses", state="deaf", reason=str(error)[:REASON_LIMIT]))
        return NOT_READY
    return 0


def _ears(
    settings: SensesSettings,
    shelf: Shelf,
    source: Source,
    own: OwnSound | None,
    sounds: Mapping[str, SatelliteSound],
) -> Ears:
    """The hub's own, and one for each satellite. Raises as make_hearing."""
    hear = settings.hear
    people = enrolled(enrolments_folder()) if settings.known_voices else None
    hearing = make_hearing(hear, shelf, own=own, people=people)

    def another(key: str) -> Hearing:
        area = settings.satellites[key]
        return make_another(hearing, hear, shelf, f"{SATELLITE}{key}", area, people)

    satellites = {key: SatelliteEar(another(key), sound) for key, sound in sounds.items()}
    return Ears(hearing, satellites, source.moment_of, hear.no_speech)


def _sound(told: str) -> tuple[str, SatelliteSound]:
    key, _, fd = told.partition(":")
    return key, SatelliteSound(SoundReader(int(fd)))


class Senses:
    """Sound and settings in, reports out, until the sound ends."""

    def __init__(
        self,
        source: Source,
        ears: Ears,
        wall: Closed,
        up: Writer,
        down: Reader[ToSenses],
    ) -> None:
        self._source = source
        self._ears = ears
        self._wall = wall
        self._up = up
        self._down = down
        self._at_home = False
        self._loudness = Loudness()

    def run(self) -> None:
        # Sound before the home is known could only be misunderstood.
        while not self._at_home and not self._down.closed:
            select.select([self._down.fd], [], [])
            self._obey()
        self._ears.begin()
        self._up.send(self._idle())
        try:
            self._follow()
        except MicrophoneLostError as error:
            if not self._ears.satellites:
                raise
            self._source = silent(str(error)[:REASON_LIMIT])
            for report in self._ears.own.lost():
                self._up.send(report)
            self._up.send(self._idle())
            self._follow()

    def _follow(self) -> None:
        for count, frame in enumerate(self._source.frames, 1):
            self._obey()
            for report in self._ears.feed(frame) if frame else ():
                self._up.send(report)
            for loud in self._loudness.feed(frame.pcm) if frame else ():
                self._up.send(loud)
            for report in self._ears.feed_satellites():
                self._up.send(report)
            if count % _HEALTH_EVERY == 0:
                self._up.send(self._health())

    def _obey(self) -> None:
        for message in self._down.poll():
            match message:
                case HomeLine(home=home):
                    self._ears.learn(home)
                    self._at_home = True
                case Listen():
                    self._listen(message)
                case Presence(anybody=anybody):
                    self._ears.own.referee(anybody=anybody)
                case Measure(seconds=seconds):
                    self._loudness.want(seconds)
                case Tune():
                    self._up.send(self._ears.own.tuned())
                case Settings(sensitivity=sensitivity):
                    self._ears.set_sensitivity(sensitivity)
                    if self._at_home:  # a new house does not know it
                        self._up.send(self._wall)
                        self._up.send(self._idle())

    def _idle(self) -> State:
        return State(source="senses", state="idle", reason=self._source.deaf)

    def _listen(self, wanted: Listen) -> None:
        if self._source.is_silent and wanted.ear == MICROPHONE:
            self._up.send(NotHeard(source="senses", turn=0, reason="no_speech"))
            return
        for report in self._ears.listen(wanted.ear, wanted.seconds):
            self._up.send(report)

    def _health(self) -> Health:
        return Health(
            source="senses",
            dropped=self._source.dropped() + self._ears.dropped,
            unsent=self._up.dropped,
            refused=self._down.decoder.refused,
            near_misses=self._ears.near_misses,
        )


if __name__ == "__main__":
    sys.exit(main())
