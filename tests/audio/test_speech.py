"""Voices and earcons make sound that is neither silent nor clipped."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from audio import earcons
from audio.asr import whisper
from audio.convert import converted
from audio.frames import RATE, Pcm
from audio.tts import hibari
from tests.audio.sound import shelf
from tests.conftest import missing


def test_hibari_speaks_words(voice: hibari.Engine) -> None:
    speech = voice.speak("The kitchen light is on.")
    assert voice.rate == 24_000
    assert 0.8 < len(speech) / voice.rate < 4
    assert 3_000 < np.abs(speech.astype(int)).max() <= 32_767


@pytest.mark.parametrize("text", ["", "  ", "\n", "...", "🙂"])
def test_nothing_to_say_is_no_crash(voice: hibari.Engine, text: str) -> None:
    assert len(voice.speak(text)) < voice.rate


def test_a_faster_voice_takes_less_time(voice: hibari.Engine) -> None:
    fast = hibari.Engine(hibari.Options(speed=1.5), {})
    text = "Your timer for ten minutes is done."
    assert len(fast.speak(text)) < len(voice.speak(text)) * 0.8


@pytest.mark.slow
def test_piper_speaks_words(models: Path, tiny: whisper.Engine) -> None:
    if importlib.util.find_spec("piper") is None:
        missing("The extra piper is not installed: run script/setup --extra piper.")
    from audio.tts import piper  # noqa: PLC0415  # an extra: it may not be installed

    options = piper.Options(voice="en_US-joe-medium")
    engine = piper.Engine(options, shelf(models, piper.files(options)))
    speech = engine.speak("Turn on the kitchen light.")
    assert "kitchen" in tiny.transcribe(converted(speech, engine.rate)).text
    assert len(engine.speak("")) == 0


@pytest.mark.parametrize("rate", [RATE, 48_000])
@pytest.mark.parametrize("earcon", [earcons.wake, earcons.not_understood])
def test_an_earcon_is_short_soft_and_without_a_click(earcon: earcons.Earcon, rate: int) -> None:
    tone = earcon(rate).astype(float) / 32_767
    assert 0.1 < len(tone) / rate < 0.4
    assert 0.05 < np.abs(tone).max() < 0.2
    edges = np.abs([*tone[:8], *tone[-8:]])
    assert edges.max() < 0.002


def test_earcons_are_told_apart_by_their_direction() -> None:
    assert pitches(earcons.wake()) == pytest.approx((659, 880), abs=8)
    assert pitches(earcons.not_understood()) == pytest.approx((523, 392), abs=8)


def pitches(tone: Pcm) -> tuple[float, float]:
    """The strongest frequency of the first and of the second half, Hz."""
    first, second = np.split(tone[: len(tone) // 2 * 2].astype(float), 2)
    return strongest(first), strongest(second)


def strongest(tone: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    spectrum = np.abs(np.fft.rfft(tone, RATE))
    return float(spectrum.argmax())
