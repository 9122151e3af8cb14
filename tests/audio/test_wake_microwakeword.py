"""The microWakeWord engine gives its makers' answers, and opens nothing once it is made."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from audio.engines import EngineError
from audio.frames import Pcm
from tests.audio.sound import quiet, recording

if importlib.util.find_spec("pymicro_wakeword") is None and not os.environ.get("CI"):
    pytest.skip("No extra: run script/setup microwakeword.", allow_module_level=True)

import pymicro_wakeword
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures

from audio.wake.microwakeword import Engine, Options, files

CUTOFF = 0.9
"""What the description of the model "alexa" says."""
ALEXA = Options(words=("alexa",))


def models_of(options: Options) -> Mapping[str, bytes]:
    """Out of the package, which ships them."""
    folder = Path(pymicro_wakeword.__file__).parent / "models"
    return {name: (folder / Path(name).name).read_bytes() for name in files(options)}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(ALEXA, models_of(ALEXA))


@pytest.fixture(scope="module")
def speech(data: Path) -> Pcm:
    return np.concatenate((quiet(1.0), recording(data / "wakeword/positive/alexa/10.wav")))


def ours(engine: Engine, sound: Pcm) -> list[float]:
    engine.reset()
    return [
        engine.scores(sound[at : at + engine.hop])["alexa"]
        for at in range(0, len(sound) - engine.hop + 1, engine.hop)
    ]


def theirs(sound: Pcm) -> list[float]:
    """The highest mean of each 80 ms, as the library that ships the models has it."""
    model = MicroWakeWord.from_builtin(pymicro_wakeword.Model.ALEXA)
    front_end = MicroWakeWordFeatures()
    means = []
    for at in range(0, len(sound) - 1279, 1280):
        columns = front_end.process_streaming(sound[at : at + 1280].tobytes())
        answers = [model.process_streaming_prob(column) or 0.0 for column in columns]
        means.append(max(answers, default=0.0))
    return means


def test_scores_are_the_librarys_with_its_cutoff_at_a_half(engine: Engine, speech: Pcm) -> None:
    scores, means = ours(engine, speech), theirs(speech)
    expected = [
        0.5 * mean / CUTOFF if mean < CUTOFF else 0.5 + 0.5 * (mean - CUTOFF) / (1 - CUTOFF)
        for mean in means
    ]
    assert scores == pytest.approx(expected, abs=1e-9)
    assert max(means) > CUTOFF
    assert min(scores) < 0.05


def test_a_reset_engine_scores_as_a_new_one(engine: Engine, speech: Pcm) -> None:
    first = ours(Engine(ALEXA, models_of(ALEXA)), speech)
    assert ours(engine, speech[::-1].copy()) != first
    assert ours(engine, speech) == first


@pytest.mark.parametrize("model", [b"", b"no model", bytes(5_000)])
def test_another_file_is_refused(model: bytes) -> None:
    with pytest.raises(EngineError, match="Fetch the models again"):
        Engine(ALEXA, dict.fromkeys(files(ALEXA), model))


SEALED = """
import resource
import numpy as np
from tests.audio.test_wake_microwakeword import ALEXA, Engine, models_of

engine = Engine(ALEXA, models_of(ALEXA))
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
for _ in range(10):
    engine.scores(np.ones(1280, np.int16))
engine.reset()
engine.scores(np.ones(1280, np.int16))
try:
    open("/dev/null")
except OSError:
    print("nothing more could be opened")
"""


def test_nothing_is_opened_once_it_is_made() -> None:
    child = subprocess.run(
        [sys.executable, "-c", SEALED],
        env=dict(os.environ),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert child.stdout == "nothing more could be opened\n"
