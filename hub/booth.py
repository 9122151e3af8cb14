"""The process that lends ears and voice by Wyoming: it hears those who connect, and no room.

`python -m hub.cage booth SETTINGS --port FD --up FD --down FD`. It is handed the port on which it
listens, and before it accepts anybody it is sealed: it can do nothing else with any network, and
open nothing. What clients say goes back to them as words, and nowhere else.
"""

import argparse
import asyncio
import os
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import msgspec
import numpy as np

from audio.convert import converted
from audio.engines import EngineError
from audio.frames import RATE
from audio.listener import threshold
from hub.cage.closing import NotSealed, closed
from hub.cage.rules import Role
from hub.children import NOT_READY
from hub.engines import EngineMissing, Workshop
from hub.fields import REASON_LIMIT
from hub.keep.lock import lock_all
from hub.lending.ears import LentEars, Recogniser
from hub.lending.offers import offers
from hub.lending.settings import BoothSettings
from hub.lending.tally import Tally
from hub.lending.voice import LentVoice
from hub.messages import Closed, State
from hub.pipes import Writer
from hub.process import give_back_memory, prepare, quit_on_sigterm
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from integrations.wyoming.speech import SpeechServer

_EXPECTED = (ShelfError, EngineMissing, EngineError, NotSealed, OSError)
_NICE = 5
"""Who speaks to the hub itself goes first."""
_WATCHES = 4
"""How many may wait for wake words at once: a satellite of Home Assistant's each; 6 MB each."""
_THREADS = 2 + _WATCHES
_REPORT_EVERY = 10.0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("settings")
    parser.add_argument("--port", type=int, required=True)
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    os.nice(_NICE)
    settings = msgspec.json.decode(args.settings, type=BoothSettings)
    up, tally = Writer(args.up), Tally()
    try:
        port = socket.socket(fileno=args.port)
        server = make_server(settings, tally)
        _warm_up()
        with asyncio.Runner() as runner:
            runner.get_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
            give_back_memory()
            lock_all()
            wall = Closed(source="booth", level=closed(Role.BOOTH))

            def report() -> None:
                up.send(wall)  # a new house does not know it
                up.send(tally.lent)

            quit_on_sigterm(report)
            up.send(wall)
            up.send(State(source="booth", state="ready"))
            runner.run(_serve(server, port, report))
    except _EXPECTED as error:
        up.send(State(source="booth", state="deaf", reason=str(error)[:REASON_LIMIT]))
        return NOT_READY
    return 0


def make_server(settings: BoothSettings, tally: Tally) -> SpeechServer:
    """Every model loaded. Raises as hub.engines.Workshop."""
    make = Workshop(open_shelf(), settings.language)
    recogniser = None
    if settings.asr is not None and settings.vad is not None:
        recogniser = Recogniser(make.asr(settings.asr), make.vad(settings.vad))
    wake = settings.wake
    watches = [make.wake(wake) for _ in range(_WATCHES)] if wake is not None else []
    voice = LentVoice(make.tts(settings.tts), tally) if settings.tts is not None else None
    ears = LentEars(recogniser, watches, threshold(settings.sensitivity), tally)
    words = watches[0].words if watches else ()
    return SpeechServer(offers(settings, words), ears, voice, tally.count)


def _warm_up() -> None:
    """PyAV loads some of its modules with the first sound."""
    converted(np.zeros(800, np.int16), RATE // 2, RATE)


async def _serve(server: SpeechServer, port: socket.socket, report: Callable[[], None]) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(server.run(port))
        while True:
            report()
            await asyncio.sleep(_REPORT_EVERY)


if __name__ == "__main__":
    sys.exit(main())
