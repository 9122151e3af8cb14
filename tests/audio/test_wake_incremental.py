"""Columns kept from before give the scores of columns computed anew, whatever is heard."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.engines import EngineError
from audio.frames import Pcm
from audio.hops import Hops
from audio.wake.openwakeword import EMBEDDING, MEL, Engine, Options, Streams, files
from tests.audio.sound import recording, shelf
from tests.audio.whole import Whole

HOP = Engine.hop
WORDS = Options(words=("alexa", "hey_jarvis", "hey_marvin", "hey_mycroft"))

Scores = Sequence[Mapping[str, float]]


def noise(random: np.random.Generator, time: np.ndarray, loudness: float) -> np.ndarray:
    return random.normal(0, loudness, len(time))


def silence(_: np.random.Generator, time: np.ndarray, __: float) -> np.ndarray:
    return np.zeros(len(time))


def tone(random: np.random.Generator, time: np.ndarray, loudness: float) -> np.ndarray:
    return loudness * np.sin(random.uniform(0, np.pi) * time)


def clicks(random: np.random.Generator, time: np.ndarray, loudness: float) -> np.ndarray:
    return np.where(random.random(len(time)) < 0.001, loudness, 0)


def steady(_: np.random.Generator, time: np.ndarray, loudness: float) -> np.ndarray:
    return np.full(len(time), -loudness)


def square(random: np.random.Generator, time: np.ndarray, loudness: float) -> np.ndarray:
    period = random.integers(2, 400)
    return np.where(time % period < period / 2, loudness, -loudness)


PIECES = st.tuples(
    st.sampled_from([noise, silence, tone, clicks, steady, square]),
    st.integers(0, 2**32 - 1),
    st.sampled_from([1.0, 30.0, 900.0, 32_768.0, 1e6]),
    st.integers(1, 24_000),
)


@st.composite
def sounds(draw: st.DrawFn) -> Pcm:
    """Up to 6 s of pieces that begin and end anywhere, many of them clipped."""
    pieces = draw(st.lists(PIECES, min_size=1, max_size=4))
    parts = [
        kind(np.random.default_rng(seed), np.arange(length), loudness)
        for kind, seed, loudness, length in pieces
    ]
    sound: Pcm = np.clip(np.concatenate(parts), -32_768, 32_767).astype(np.int16)
    return sound


def hops(sound: Pcm) -> list[Pcm]:
    return [sound[at : at + HOP] for at in range(0, len(sound) - HOP + 1, HOP)]


def assert_same(ours: Scores, theirs: Scores) -> None:
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert one == pytest.approx(other, abs=1e-4)


@pytest.fixture(scope="module")
def engine(models: Path) -> Engine:
    return Engine(WORDS, shelf(models, files(WORDS)))


@pytest.fixture(scope="module")
def whole(models: Path) -> Whole:
    return Whole(models, WORDS.words)


@pytest.fixture(scope="module")
def speech(data: Path) -> Pcm:
    """People who say wake words and other things, 20 s."""
    names = ["positive/alexa/10.wav", "smoke/oww_turn_on_the_office_lights_stream.wav"]
    return np.concatenate([recording(data / "wakeword" / name) for name in names])[: 20 * 16_000]


@given(sound=sounds())
@settings(max_examples=40, deadline=None)
def test_scores_are_those_of_the_whole_models_on_any_sound(
    engine: Engine, whole: Whole, sound: Pcm
) -> None:
    engine.reset()
    whole.reset()
    assert_same([engine.scores(hop) for hop in hops(sound)], [whole.scores(h) for h in hops(sound)])


def test_scores_are_those_of_the_whole_models_on_speech(
    engine: Engine, whole: Whole, speech: Pcm
) -> None:
    engine.reset()
    whole.reset()
    ours = [engine.scores(hop) for hop in hops(speech)]
    assert_same(ours, [whole.scores(hop) for hop in hops(speech)])
    assert max(scores["alexa"] for scores in ours) > 0.5


@given(lengths=st.lists(st.integers(1, 5_000), min_size=1, max_size=60))
@settings(max_examples=10, deadline=None)
def test_how_the_sound_is_cut_makes_no_difference(
    engine: Engine, speech: Pcm, lengths: list[int]
) -> None:
    sound = speech[: sum(lengths)]
    engine.reset()
    expected = [engine.scores(hop) for hop in hops(sound)]
    engine.reset()
    gathered = Hops(HOP)
    heard = []
    for length in lengths:
        rest, sound = sound[:length], sound[length:]
        while len(rest):
            piece, rest = rest[: gathered.room], rest[gathered.room :]
            hop = gathered.add(piece)
            if hop is not None:
                heard.append(engine.scores(hop))
    assert heard == expected


@given(before=sounds(), after=sounds())
@settings(max_examples=10, deadline=None)
def test_nothing_is_left_of_what_was_heard_before_a_reset(
    engine: Engine, before: Pcm, after: Pcm
) -> None:
    engine.reset()
    expected = [engine.scores(hop) for hop in hops(after)]
    for hop in hops(before):
        engine.scores(hop)
    engine.reset()
    assert [engine.scores(hop) for hop in hops(after)] == expected


def test_streams_heard_together_score_as_alone(engine: Engine, models: Path, speech: Pcm) -> None:
    """Three rooms: what each hears, and a reset of one, is nothing to the others."""
    rooms = [speech[:96_000], speech[96_000:192_000], np.flip(speech[:96_000])]
    together = Streams(WORDS, shelf(models, files(WORDS)), len(rooms))
    expected = [alone(engine, room, forgets=30 if room is rooms[1] else None) for room in rooms]
    heard: list[list[Mapping[str, float]]] = [[] for _ in rooms]
    for number, at in enumerate(range(0, 96_000, HOP)):
        if number == 30:
            together.reset(1)
        scores = together.scores(np.stack([room[at : at + HOP] for room in rooms]))
        for room, score in zip(heard, scores, strict=True):
            room.append(score)
    for ours, theirs in zip(heard, expected, strict=True):
        assert_same(ours, theirs)


def alone(engine: Engine, sound: Pcm, forgets: int | None) -> list[Mapping[str, float]]:
    """Scores of one stream that is reset before this hop."""
    engine.reset()
    scores = []
    for number, hop in enumerate(hops(sound)):
        if number == forgets:
            engine.reset()
        scores.append(engine.scores(hop))
    return scores


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda model: model[:-1], lambda _: b"\x07abc"])
@pytest.mark.parametrize("name", [MEL, EMBEDDING])
def test_another_file_is_named_and_never_half_read(
    models: Path, name: str, spoil: Callable[[bytes], bytes]
) -> None:
    options = Options()
    kept = shelf(models, files(options))
    with pytest.raises(EngineError, match="Fetch the models again"):
        Engine(options, {**kept, name: spoil(kept[name])})


LISTEN = """
import os, sys
from pathlib import Path
import numpy as np
from audio.wake.openwakeword import Options, Streams, files

models = Path(sys.argv[1])
kept = {name: (models / name).read_bytes() for name in files(Options())}
streams = Streams(Options(), kept, 2)
tasks = Path("/proc/self/task")

def others():
    mine = str(os.getpid())
    return sum(int((task / "schedstat").read_text().split()[0])
               for task in tasks.iterdir() if task.name != mine)

before = others()
for _ in range(300):
    streams.scores(np.zeros((2, 1280), np.int16))
print(others() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("core", ["", "Haswell"])
def test_no_other_thread_is_woken(models: Path, core: str) -> None:
    """numpy's threads wait by spinning; Haswell stands for processors without small kernels."""
    environment = {**os.environ, "OPENBLAS_CORETYPE": core, "OPENBLAS_NUM_THREADS": "4"}
    listener = subprocess.run(
        [sys.executable, "-c", LISTEN, str(models)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(listener.stdout) < 5_000_000  # ns
