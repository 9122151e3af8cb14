"""Text to speech by Piper: an extra (GPL-3.0), and the voice for languages other than English."""

import json
from dataclasses import dataclass

import numpy as np
import onnxruntime as ort
from piper import PiperConfig, PiperVoice, SynthesisConfig

from audio.engines import Files
from audio.frames import NO_SOUND, Pcm


@dataclass(frozen=True, slots=True)
class Options:
    voice: str
    """Name of the voice on the shelf: piper/<voice>.onnx and piper/<voice>.onnx.json."""
    speed: float = 1.0
    """0.5 slow .. 2.0 fast."""


def files(options: Options) -> tuple[str, ...]:
    model = f"piper/{options.voice}.onnx"
    return model, f"{model}.json"


class Engine:
    def __init__(self, options: Options, files: Files) -> None:
        model = f"piper/{options.voice}.onnx"
        session = ort.InferenceSession(files[model], providers=["CPUExecutionProvider"])
        config = PiperConfig.from_dict(json.loads(files[f"{model}.json"]))
        self._voice = PiperVoice(session, config)
        self._settings = SynthesisConfig(length_scale=1 / options.speed)
        self.rate: int = config.sample_rate
        # Reads espeak's tables now: a sealed process opens no files later.
        self.speak("a")

    def speak(self, text: str) -> Pcm:
        chunks = self._voice.synthesize(text, syn_config=self._settings)
        return np.concatenate([NO_SOUND, *(chunk.audio_int16_array for chunk in chunks)])
