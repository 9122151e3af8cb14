"""The wake word engines that bench.wake compares, all hearing "alexa" alone."""

import importlib.util
import os
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

import openwakeword

from audio.frames import Pcm
from audio.wake import openwakeword as incremental
from hub.shelf.shelf import models_folder
from tests.audio.sound import shelf
from tests.audio.whole import Whole

WORD: Final = "alexa"
OURS = "Inglenook's openwakeword"
WHOLE = "its models run whole"
LIBRARY = "openwakeword 0.4.0"
MICRO = "Inglenook's microwakeword"
OPTIONS = incremental.Options(words=(WORD,))


class Ear(Protocol):
    def scores(self, pcm: Pcm) -> Mapping[str, float]: ...

    def reset(self) -> None: ...


class Library:
    """The openwakeword library as shipped, one thread."""

    def __init__(self) -> None:
        self._file = str(folder() / "openwakeword" / f"{WORD}_v0.1.onnx")
        self.reset()

    def reset(self) -> None:
        """Made anew: its own reset keeps what was heard."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for a GPU first
            self._model = openwakeword.Model([self._file])

    def scores(self, pcm: Pcm) -> Mapping[str, float]:
        return {WORD: float(self._model.predict(pcm)[f"{WORD}_v0.1"])}


def makers() -> dict[str, Callable[[], Ear]]:
    """Name -> what makes that engine; microWakeWord's only where its extra is installed."""
    engines: dict[str, Callable[[], Ear]] = {
        OURS: lambda: incremental.Engine(OPTIONS, shelf(folder(), incremental.files(OPTIONS))),
        WHOLE: lambda: Whole(folder(), (WORD,)),
        LIBRARY: Library,
    }
    if importlib.util.find_spec("pymicro_wakeword"):
        engines[MICRO] = _micro
    return engines


def _micro() -> Ear:
    import pymicro_wakeword  # noqa: PLC0415 - an extra: it may not be installed

    from audio.wake import microwakeword  # noqa: PLC0415 - the same

    options = microwakeword.Options(words=(WORD,))
    models = Path(pymicro_wakeword.__file__).parent / "models"
    files = {name: (models / Path(name).name).read_bytes() for name in microwakeword.files(options)}
    return microwakeword.Engine(options, files)


def folder() -> Path:
    """The shelf."""
    return models_folder(os.environ)
