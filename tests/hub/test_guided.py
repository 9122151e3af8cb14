"""Real recordings and real models, guided by a home: commands exact, everything else refused."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from audio.asr import whisper
from audio.frames import RATE, Pcm
from hub.homes.demo import demo_home
from hub.listening import read
from hub.scoring import same_slots
from intents.custom import load_custom
from intents.grammar import Grammar
from intents.home_file import load
from intents.wishes import Understanding, Wish
from tests.audio.sound import shelf

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

_LONGEST = 15 * RATE


@pytest.fixture(scope="module")
def tiny(models: Path) -> whisper.Engine:
    options = whisper.Options()
    return whisper.Engine(options, shelf(models, whisper.files(options)))


@pytest.fixture(scope="module")
def home(data: Path) -> Grammar:
    return Grammar("en", load(data / "voice_commands" / "home_tts" / "home.yaml"))


@pytest.fixture(scope="module")
def cafe(data: Path) -> Grammar:
    file = data / "voice_commands" / "coffee_maker" / "grammar.yaml"
    return Grammar("en", demo_home(), load_custom(file, "en"))


def rows(labels: Path) -> Iterator[tuple[Mapping[str, object], Pcm]]:
    for line in labels.read_text().splitlines():
        row = json.loads(line)
        yield row, read(labels.parent / row["audio"])


def heard(tiny: whisper.Engine, grammar: Grammar, pcm: Pcm) -> Understanding:
    transcript = tiny.transcribe(pcm[:_LONGEST])
    return grammar.hear(transcript.text, None, transcript.score).understanding


def exact(understanding: Understanding, wanted: Wish) -> bool:
    match understanding:
        case (Wish(intent=intent, slots=slots),):
            return intent == wanted.intent and same_slots(slots, wanted.slots)
        case _:
            return False


def test_commands_to_a_home(tiny: whisper.Engine, home: Grammar, data: Path) -> None:
    results = []
    for row, pcm in rows(data / "voice_commands" / "home_tts" / "labels.jsonl"):
        wanted = home.parse(str(row["text"]))
        if isinstance(wanted, tuple):
            results.append(exact(heard(tiny, home, pcm), wanted[0]))
    assert sum(results) / len(results) >= 0.97


def test_orders(tiny: whisper.Engine, cafe: Grammar, data: Path) -> None:
    results = []
    for row, pcm in rows(data / "voice_commands" / "coffee_maker" / "labels.jsonl"):
        slots = row["slots"]
        assert isinstance(slots, dict)
        results.append(exact(heard(tiny, cafe, pcm), Wish(str(row["intent"]), slots)))
    assert sum(results) / len(results) >= 0.95


@pytest.mark.parametrize("labels", ["asr/read_sentences/labels.jsonl", "wakeword/negative.jsonl"])
def test_talk_and_noise_do_nothing(
    tiny: whisper.Engine, home: Grammar, data: Path, labels: str
) -> None:
    for row, pcm in rows(data / labels):
        assert not isinstance(heard(tiny, home, pcm), tuple), row["audio"]
