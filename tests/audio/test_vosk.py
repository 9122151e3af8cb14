"""Vosk behind the same protocol. Its Korean model is the one that tests can get; it hears."""

import importlib.util
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from audio.engines import Asr, Learner
from audio.tts import hibari
from tests.audio.sound import quiet, shelf, spoken
from tests.conftest import missing

pytestmark = pytest.mark.slow


LIGHT, HELLO = ("불", "켜"), ("안녕", "하세요")


@pytest.fixture(scope="module")
def korean(models: Path) -> Asr:
    return made(models, "<UNK>")


def made(models: Path, unknown: str) -> Asr:
    if importlib.util.find_spec("vosk") is None:
        missing("The extra vosk is not installed: run script/setup --extra vosk.")
    from audio.asr import vosk  # noqa: PLC0415  # an extra: it may not be installed

    options = vosk.Options(model="ko-0.1.0", unknown=unknown)
    [name] = vosk.files(options)
    if not (models / name).is_file():
        missing(f"There is no {name} on the shelf: run inglenook models pull test.")
    return vosk.Engine(options, shelf(models, [name]))


def test_hears_words_in_speech_and_none_in_silence(korean: Asr, voice: hibari.Engine) -> None:
    heard = korean.transcribe(spoken(voice, "Turn on the kitchen light."))
    assert heard.text
    assert 0 < heard.confidence <= 1
    nothing = korean.transcribe(quiet(1))
    assert nothing.text == ""
    assert nothing.confidence == 0


def test_it_hears_what_it_has_learnt_and_learns_anew(korean: Asr, voice: hibari.Engine) -> None:
    assert isinstance(korean, Learner)
    speech = spoken(voice, "Annyeong haseyo.")
    korean.learn((*LIGHT, "nosuchword"))
    forced = korean.transcribe(speech).text.split()
    assert forced
    assert set(forced) <= set(LIGHT)
    korean.learn(HELLO)
    assert korean.transcribe(speech).text.split() == list(HELLO)


def test_a_model_without_a_word_for_none_is_not_bound(models: Path, voice: hibari.Engine) -> None:
    free = made(models, "[unk]")
    assert isinstance(free, Learner)
    free.learn(LIGHT)
    assert not set(free.transcribe(spoken(voice, "Annyeong.")).text.split()) <= set(LIGHT)


def test_its_folder_is_gone_once_it_is_loaded(korean: Asr) -> None:
    assert not list(Path("/dev/shm").glob("*/**/model.conf"))


def test_an_archive_without_a_model_is_refused_by_name(korean: Asr) -> None:
    from audio.asr import vosk  # noqa: PLC0415  # an extra: it may not be installed

    empty = BytesIO()
    ZipFile(empty, "w").close()
    with pytest.raises(vosk.VoskModelError, match=r"vosk/none\.zip"):
        vosk.Engine(vosk.Options(model="none"), {"vosk/none.zip": empty.getvalue()})
