"""`inglenook bench record`: what is said into the microphone is kept, encrypted, with its text."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from audio.frames import RATE, Frame, Pcm
from audio.vad import silero
from hub.engines import Workshop
from hub.household_bench.chest import Chest
from hub.household_bench.taking import COUNTDOWN, Moment, advice, meter, take
from hub.settings import EngineChoice
from hub.shelf.shelf import open_shelf
from tests.audio.pulse import Pulse
from tests.hub.recordings import pause, spoken, write
from tests.hub.running import RunningHub, wait_until
from tests.mosquitto import Mosquitto

pytestmark = pytest.mark.usefixtures("models")
SENTENCE = "turn on the kitchen light"
BLOCK = RATE // 10


def frames(*parts: Pcm) -> Iterator[Frame]:
    sound = np.concatenate(parts)
    for at in range(0, len(sound), BLOCK):
        yield Frame(sound[at : at + BLOCK], at)


@pytest.fixture(scope="module")
def vad() -> silero.Engine:
    made = Workshop(open_shelf()).vad(EngineChoice(engine="silero"))
    assert isinstance(made, silero.Engine)
    return made


def test_what_is_said_after_the_countdown_is_taken_whole(vad: silero.Engine) -> None:
    said, shown = spoken(SENTENCE), list[Moment]()
    early, after = spoken("not this"), spoken("nor this")
    sound = frames(early, pause(2.5 - len(early) / RATE), said, pause(2), after)
    found = take(sound, vad, shown.append)
    assert found is not None
    assert len(said) - RATE / 2 < len(found) < len(said) + 2 * RATE
    loud = said[np.abs(said) > 3_000]
    assert np.isin(loud, found).all()
    counts = [moment.count for moment in shown]
    assert counts == sorted(counts, reverse=True)
    assert set(counts) == set(range(COUNTDOWN + 1))
    assert max(moment.level for moment in shown) > -20


def test_silence_is_nothing(vad: silero.Engine) -> None:
    assert take(frames(pause(30)), vad, lambda _: None) is None
    assert take(iter(()), vad, lambda _: None) is None


def test_the_meter_is_as_full_as_it_is_loud() -> None:
    assert [meter(level).count("#") for level in (-60.0, -30.0, 0.0)] == [0, 15, 30]
    tone = np.sin(np.arange(RATE) / 5)
    assert "quiet" in advice((tone * 300).astype(np.int16))
    assert advice((tone * 9_000).astype(np.int16)) == ""
    assert "loud" in advice((tone * 32_767).astype(np.int16))


@pytest.mark.slow
def test_sentences_said_into_a_microphone(
    sound_server: Pulse, tmp_path: Path, models: Path
) -> None:
    wav = write(tmp_path / "said.wav", spoken(f"{SENTENCE}."), pause(2))
    done = threading.Event()

    def say() -> None:
        while not done.is_set():
            sound_server.play(wav)

    speaker = threading.Thread(target=say)
    speaker.start()
    state = tmp_path / "state"
    try:
        asked = subprocess.run(
            [sys.executable, "-m", "hub", "bench", "record", "--count", "3", "--json"],
            input=f"\nopen the pod bay doors\n{SENTENCE}\n-\n",
            env={
                **sound_server.environment,
                "INGLENOOK_MODELS": str(models),
                "INGLENOOK_STATE": str(state),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
        )
    finally:
        done.set()
        speaker.join()
    assert asked.returncode == 0, asked.stderr
    assert "no such command" in asked.stderr
    first, own, talk = map(json.loads, asked.stdout.splitlines())
    assert f'Say "{first["text"]}": ' in asked.stderr
    assert own["text"] == SENTENCE
    assert talk["text"] is None
    chest = Chest(state / "bench")
    for line in (first, own, talk):
        kept = chest.open(line["id"])
        assert kept.text == line["text"]
        assert 0.8 < len(kept.pcm) / RATE < 6
        assert np.abs(kept.pcm.astype(int)).max() > 3_000


@pytest.mark.slow
def test_a_muted_hub_records_nothing(mosquitto: Mosquitto, tmp_path: Path) -> None:
    settings = {
        "microphone": {"source": "none"},
        "speaker": {"file": str(tmp_path / "replies.wav")},
        "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
    }
    hub = RunningHub(tmp_path / "hub", settings)
    try:
        wait_until(lambda: hub.command("mute", "on").returncode == 0, 60)
        refused = hub.command("bench", "record")
        assert refused.returncode == 1
        assert "mute off" in refused.stderr
        assert not (tmp_path / "hub/state/bench").exists()
    finally:
        hub.stop()


def test_bad_numbers_are_refused(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "hub", "bench", "record", "--count", "0"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--count" in done.stderr
