"""Faces taken live, as the command line sees it: embeddings and words from a sealed process."""

import os
import subprocess
import sys
from collections.abc import Iterator

import msgspec
import numpy as np

from hub.enrolling.messages import Failed, FromTaking, Missed, Taken
from hub.enrolling.taking import Why
from hub.eyes.settings import EyeSettings
from hub.fields import UP_LIMIT
from hub.pipes import Decoder
from vision.engines import Embedding

_CHUNK = 65_536


class CannotTake(Exception):
    """The camera, the models or the seal is missing; plain words say what to do."""


def live(settings: EyeSettings) -> Iterator[Embedding | Why]:
    """What one camera at this machine shows, as it is seen. Raises CannotTake."""
    reads, up = os.pipe()
    memory = os.memfd_create("inglenook-taking")
    os.write(memory, msgspec.json.encode(settings))
    command = (sys.executable, "-m", "hub.enrolling", f"--settings={memory}", f"--up={up}")
    more = (f"--down={up}", f"--parent={os.getpid()}")
    with subprocess.Popen(  # noqa: S603 - our own module, our own arguments
        (*command, *more), pass_fds=(memory, up), stdin=subprocess.DEVNULL
    ) as process:
        os.close(up)
        os.close(memory)
        try:
            yield from map(_read, _messages(reads))
        finally:
            os.close(reads)
            process.terminate()


def _messages(reads: int) -> Iterator[FromTaking]:
    decoder = Decoder(msgspec.json.Decoder(FromTaking), UP_LIMIT)
    while data := os.read(reads, _CHUNK):
        yield from decoder.feed(data)


def _read(message: FromTaking) -> Embedding | Why:
    """Raises CannotTake."""
    match message:
        case Taken(embedding=embedding):
            return np.frombuffer(embedding, "<f4").astype(np.float32)
        case Missed(why=why):
            return why
        case Failed(reason=reason):
            raise CannotTake(reason)
