"""From an engine's name in the settings to its file in audio/ or vision/: all loading is here.

Names and options are read from the source without importing it, so that a wrong setting is found
before any heavy library loads, and a new engine file needs no line here.
"""

import ast
import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import audio
import vision
from audio.engines import Asr, Tts, Vad, Wake
from hub.settings import EngineChoice
from hub.shelf.shelf import Shelf
from vision.engines import Detector, FaceEngine

Kind = Literal["wake", "vad", "asr", "tts", "detect", "faces"]
_SEEING = ("detect", "faces")
_TYPES = {"str": str, "int": int, "float": float, "bool": bool, "tuple": tuple, "Literal": Literal}


@dataclass(frozen=True, slots=True)
class Option:
    """One field of an engine's `Options`; the default is ... where it must be given."""

    name: str
    type: Any
    default: object
    description: str


class EngineMissing(Exception):
    """The engine's library is not installed."""


def _folder(kind: Kind) -> Path:
    return Path((vision if kind in _SEEING else audio).__path__[0]) / kind


def engine_names(kind: Kind) -> tuple[str, ...]:
    files = sorted(_folder(kind).glob("*.py"))
    return tuple(file.stem for file in files if not file.stem.startswith("_"))


@cache
def engine_options(kind: Kind, name: str) -> tuple[Option, ...]:
    """The fields of `class Options` in the engine's file, read without importing it."""
    tree = ast.parse((_folder(kind) / f"{name}.py").read_text("utf-8"))
    body = next(n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name == "Options")
    followers: list[ast.stmt | None] = [*body[1:], None]
    return tuple(
        _option(field, after)
        for field, after in zip(body, followers, strict=True)
        if isinstance(field, ast.AnnAssign)
    )


def _option(field: ast.AnnAssign, after: ast.stmt | None) -> Option:
    assert isinstance(field.target, ast.Name)
    annotation = ast.unparse(field.annotation)
    # Our own source, and only the plain types named above can be reached.
    kind = eval(annotation, {"__builtins__": {}}, _TYPES)  # noqa: S307
    default = ... if field.value is None else ast.literal_eval(field.value)
    doc = ""
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
        doc = str(after.value.value)
    return Option(field.target.id, kind, default, doc)


def engine_module(kind: Kind, name: str) -> ModuleType:
    """Import one engine file; raises EngineMissing with what to install."""
    try:
        package = "vision" if kind in _SEEING else "audio"
        return importlib.import_module(f"{package}.{kind}.{name}")
    except ModuleNotFoundError as error:
        raise EngineMissing(
            f"The {kind} engine {name!r} needs the package {error.name!r}, which is not installed. "
            f"Run: script/setup {name}"
        ) from error


def needed(kind: Kind, choice: EngineChoice) -> tuple[str, ...]:
    """Shelf names of the model files that it loads. Raises EngineMissing."""
    module = engine_module(kind, choice.engine)
    names: tuple[str, ...] = module.files(make_options(module, choice.options))
    return names


@dataclass(frozen=True, slots=True)
class Workshop:
    """Makes engines that are ready to work, in one language, from the models on the shelf.

    Each raises EngineMissing, the EngineError of its package, and hub.shelf's errors.
    """

    shelf: Shelf
    language: str = "en"

    def wake(self, choice: EngineChoice) -> Wake:
        wake: Wake = self._make("wake", choice)
        return wake

    def vad(self, choice: EngineChoice) -> Vad:
        vad: Vad = self._make("vad", choice)
        return vad

    def asr(self, choice: EngineChoice) -> Asr:
        asr: Asr = self._make("asr", choice)
        return asr

    def tts(self, choice: EngineChoice) -> Tts:
        tts: Tts = self._make("tts", choice)
        return tts

    def detector(self, choice: EngineChoice) -> Detector:
        detector: Detector = self._make("detect", choice)
        return detector

    def faces(self, choice: EngineChoice) -> FaceEngine:
        faces: FaceEngine = self._make("faces", choice)
        return faces

    def _make(self, kind: Kind, choice: EngineChoice) -> Any:  # noqa: ANN401 - named by its callers
        module = engine_module(kind, choice.engine)
        values: dict[str, object] = dict(choice.options)
        if any(option.name == "language" for option in engine_options(kind, choice.engine)):
            values["language"] = self.language
        options = make_options(module, values)
        return module.Engine(options, self.shelf.load(module.files(options)))


def make_options(module: ModuleType, values: Mapping[str, object]) -> object:
    """The engine's frozen Options with these values; lists become tuples."""
    plain = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return module.Options(**plain)
