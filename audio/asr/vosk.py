"""Speech to text by Vosk (Kaldi): an extra, light, in many languages."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import msgspec
import vosk

from audio.engines import EngineError, Files, Transcript
from audio.frames import RATE, Pcm
from audio.memory_folder import close_folder, memory_folder

_MARK = "conf/model.conf"
"""The file by which the model's folder is known inside its archive."""


@dataclass(frozen=True, slots=True)
class Options:
    model: str = "small-en-us-0.15"
    """Name of the model on the shelf: vosk/<model>.zip."""
    unknown: str = "[unk]"
    """The model's word for what is none. A model without it is not bound to what the home knows:
    it would hear commands in whatever is said."""


class _Word(msgspec.Struct):
    conf: float


class _Result(msgspec.Struct):
    """What Vosk answers; `result` is missing when it heard no words."""

    text: str
    result: list[_Word] = []


class VoskModelError(EngineError):
    """The archive holds no Vosk model."""


def files(options: Options) -> tuple[str, ...]:
    return (f"vosk/{options.model}.zip",)


class Engine:
    def __init__(self, options: Options, files: Files) -> None:
        vosk.SetLogLevel(-1)
        name = f"vosk/{options.model}.zip"
        with _unpacked(name, files[name]) as folder:
            self._model = vosk.Model(model_path=str(folder))
        self._unknown = options.unknown
        self._phrases = ""
        """What is listened for, as Vosk takes it; empty: anything."""

    def learn(self, phrases: Sequence[str]) -> None:
        """Listen for these alone, from the next sentence on; of their words those it knows."""
        if self._model.vosk_model_find_word(self._unknown) >= 0:
            self._phrases = msgspec.json.encode([*phrases, self._unknown]).decode()

    def transcribe(self, pcm: Pcm) -> Transcript:
        """Bound to what it has learnt; where a word was none of that, it hears anew and freely."""
        if self._phrases:
            heard = self._hear(pcm, self._phrases)
            if self._unknown not in heard.text.split():
                return heard
        return self._hear(pcm)

    def _hear(self, pcm: Pcm, *phrases: str) -> Transcript:
        recogniser = vosk.KaldiRecognizer(self._model, RATE, *phrases)
        recogniser.SetWords(True)  # noqa: FBT003  # Vosk takes it by position only
        recogniser.AcceptWaveform(pcm.tobytes())
        heard = msgspec.json.decode(recogniser.FinalResult(), type=_Result)
        words = [word.conf for word in heard.result]
        confidence = min(1.0, sum(words) / len(words)) if words else 0.0
        return Transcript(heard.text, confidence)


@contextmanager
def _unpacked(name: str, content: bytes) -> Iterator[Path]:
    """The verified archive as a folder: Vosk reads a model in no other way."""
    with ZipFile(BytesIO(content)) as archive:
        marks = [path for path in archive.namelist() if path.endswith(_MARK)]
        if len(marks) != 1:
            raise VoskModelError(f"{name} holds no Vosk model: there must be one {_MARK} in it.")
        inside = marks[0].removesuffix(_MARK)
        with memory_folder() as private:
            members = [path for path in archive.namelist() if path.startswith(inside)]
            archive.extractall(private, members)
            close_folder(private)
            yield private / inside
