"""Whisper on the hub's own voice and on recordings: right words, cheap, nothing from nothing."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from faster_whisper import WhisperModel

from audio.asr import whisper
from audio.frames import Pcm
from audio.tts import hibari
from tests.audio.sound import quiet, recording, shelf, spoken

SENTENCES = [
    "Turn on the kitchen light.",
    "What time is it?",
    "Close the blinds in the bedroom.",
    "Next song.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_hubs_own_voice_is_understood(
    tiny: whisper.Engine, voice: hibari.Engine, sentence: str
) -> None:
    heard = tiny.transcribe(spoken(voice, sentence))
    assert bare(heard.text) == bare(sentence)
    assert 0.3 < heard.confidence <= 1


def test_silence_is_no_words(tiny: whisper.Engine) -> None:
    heard = tiny.transcribe(quiet(2))
    assert heard.text == ""
    assert heard.confidence == 0


def test_no_sound_at_all_is_no_words(tiny: whisper.Engine) -> None:
    assert tiny.transcribe(quiet(0)).text == ""


def test_a_moment_of_sound_and_thirty_seconds_of_it_are_no_crash(tiny: whisper.Engine) -> None:
    noise = np.random.default_rng(5).normal(0, 300, 16_000 * 31).astype(np.int16)
    for length in (1, 100, 4_000, len(noise)):
        heard = tiny.transcribe(noise[:length])
        assert 0 <= heard.confidence <= 1


def test_what_was_said_is_not_in_the_repr(tiny: whisper.Engine, voice: hibari.Engine) -> None:
    assert "light" not in repr(tiny.transcribe(spoken(voice, "Light.")))


def test_a_language_the_model_does_not_know_is_refused(models: Path) -> None:
    options = whisper.Options(language="de")
    with pytest.raises(whisper.LanguageError, match="'de'"):
        whisper.Engine(options, shelf(models, whisper.files(options)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lights off. Lights off. Lights", "Lights off."),
        ("next track next track", "next track"),
        ("Stop stop stop stop stop", "Stop"),
        ("Make me a 16-ounce latte. Make me a 16-", "Make me a 16-ounce latte."),
        ("turn it on and turn it off", "turn it on and turn it off"),
        ("no no", "no no"),
        ("set it to twenty twenty", "set it to twenty twenty"),
        ("play duran duran", "play duran duran"),
        ("Stop.", "Stop."),
        ("", ""),
    ],
)
def test_once(text: str, said: str) -> None:
    assert whisper.once(text) == said


@pytest.mark.slow
def test_the_short_window_costs_no_words(tiny: whisper.Engine, models: Path, data: Path) -> None:
    clips = commands(data / "voice_commands" / "home_tts")
    clips += commands(data / "voice_commands" / "home_misc")
    content = {path.name: path.read_bytes() for path in (models / "whisper-tiny.en").iterdir()}
    model = WhisperModel("tiny.en", compute_type="int8", cpu_threads=2, files=content)

    def plain(pcm: Pcm) -> str:
        sound = pcm.astype(np.float32) / 32768
        segments, _ = model.transcribe(sound, "en", beam_size=1, without_timestamps=True)
        return " ".join(segment.text for segment in segments)

    def short(pcm: Pcm) -> str:
        return tiny.transcribe(pcm).text

    assert exact(short, clips) >= exact(plain, clips)


def commands(folder: Path) -> list[tuple[Pcm, str]]:
    lines = (folder / "labels.jsonl").read_text().splitlines()
    rows = [row for row in map(json.loads, lines) if row.get("lang", "en") == "en"]
    return [(recording(folder / row["audio"]), row["text"]) for row in rows]


def exact(transcribe: Callable[[Pcm], str], clips: list[tuple[Pcm, str]]) -> int:
    """How many clips come out word for word."""
    return sum(bare(transcribe(pcm)) == bare(text) for pcm, text in clips)


def bare(text: str) -> str:
    return re.sub(r"[^\w ]", "", text.replace("-", " ")).casefold().strip()
