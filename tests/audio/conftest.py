"""Engines that load once for all audio tests."""

from pathlib import Path

import pytest

from audio.asr import whisper
from audio.tts import hibari
from audio.vad import silero
from audio.wake import openwakeword
from tests.audio.sound import shelf


@pytest.fixture(scope="session")
def voice() -> hibari.Engine:
    return hibari.Engine(hibari.Options(), {})


@pytest.fixture(scope="session")
def vad(models: Path) -> silero.Engine:
    options = silero.Options()
    return silero.Engine(options, shelf(models, silero.files(options)))


@pytest.fixture(scope="session")
def tiny(models: Path) -> whisper.Engine:
    options = whisper.Options()
    return whisper.Engine(options, shelf(models, whisper.files(options)))


@pytest.fixture
def wake(models: Path) -> openwakeword.Engine:
    options = openwakeword.Options()
    return openwakeword.Engine(options, shelf(models, openwakeword.files(options)))
