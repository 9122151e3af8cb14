"""silero: our windows give what faster-whisper's own runner gives."""

from pathlib import Path

import numpy as np
from faster_whisper.vad import SileroVADModel

from audio.tts import hibari
from audio.vad import silero
from tests.audio.sound import quiet, spoken


def test_probabilities_equal_faster_whispers(
    models: Path, vad: silero.Engine, voice: hibari.Engine
) -> None:
    sound = np.concatenate((quiet(0.5), spoken(voice, "Close the blinds."), quiet(0.5)))
    sound = sound[: len(sound) // vad.hop * vad.hop]
    expected = SileroVADModel(str(models / silero.MODEL))(sound.astype(np.float32) / 32768)
    vad.reset()
    scores = [vad.score(sound[at : at + vad.hop]) for at in range(0, len(sound), vad.hop)]
    assert np.allclose(scores, expected, atol=1e-4)
    assert max(scores) > 0.9
    assert max(scores[:10]) < 0.2


def test_noise_is_not_speech(vad: silero.Engine) -> None:
    noise = np.random.default_rng(3).normal(0, 500, 16_384).astype(np.int16)
    vad.reset()
    assert max(vad.score(noise[at : at + vad.hop]) for at in range(0, len(noise), vad.hop)) < 0.5
