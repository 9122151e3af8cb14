"""Moonshine on the hub's own voice: right words, likely sentences, nothing from nothing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.asr import moonshine
from audio.asr._pieces import Pieces, PiecesError
from audio.engines import EngineError
from audio.tts import hibari
from tests.audio.sound import quiet, shelf, spoken
from tests.conftest import ROOT, missing

SENTENCES = [
    "Turn on the kitchen light.",
    "What time is it?",
    "Close the blinds in the bedroom.",
    "Next song.",
]
PROGRAM = """
import sys
from pathlib import Path
import numpy as np
from audio.asr import moonshine

options = moonshine.Options()
names = moonshine.files(options)
asr = moonshine.Engine(options, {name: Path(sys.argv[1], name).read_bytes() for name in names})
pcm = np.frombuffer(sys.stdin.buffer.read(), np.int16)

def judge(event, arguments):
    if event.startswith(("open", "import", "socket", "subprocess", "os.")):
        sys.stdout.write(f"{event} {arguments[0]!r}\\n")

sys.addaudithook(judge)
heard = asr.transcribe(pcm)
assert heard.text
assert heard.score and heard.score(["Turn it on."])
sys.stdout.write("done\\n")
"""


@pytest.fixture(scope="module")
def content(models: Path) -> dict[str, bytes]:
    names = moonshine.files(moonshine.Options())
    if not all((models / name).is_file() for name in names):
        missing("Moonshine is not on the shelf: run inglenook models pull moonshine.")
    return dict(shelf(models, names))


@pytest.fixture(scope="module")
def asr(content: dict[str, bytes]) -> moonshine.Engine:
    return moonshine.Engine(moonshine.Options(), content)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_hubs_own_voice_is_understood(
    asr: moonshine.Engine, voice: hibari.Engine, sentence: str
) -> None:
    heard = asr.transcribe(spoken(voice, sentence))
    assert bare(heard.text) == bare(sentence)
    assert 0.3 < heard.confidence <= 1
    assert "light" not in repr(heard)


def test_silence_is_no_words_and_has_no_scores(asr: moonshine.Engine) -> None:
    for seconds in (0, 2):
        heard = asr.transcribe(quiet(seconds))
        assert (heard.text, heard.confidence, heard.score) == ("", 0, None)


def test_a_moment_of_sound_and_thirty_seconds_of_it_are_no_crash(asr: moonshine.Engine) -> None:
    noise = np.random.default_rng(5).normal(0, 300, 16_000 * 31).astype(np.int16)
    for length in (1, 100, 4_000, len(noise)):
        assert 0 <= asr.transcribe(noise[:length]).confidence <= 1


def test_what_was_said_is_likeliest(asr: moonshine.Engine, voice: hibari.Engine) -> None:
    score = asr.transcribe(spoken(voice, "Turn on the kitchen light.")).score
    assert score is not None
    said, *others = score(
        [
            "Turn on the kitchen light.",
            "Turn off the kitchen light.",
            "Turn on the chicken light.",
            "Turn on the kitchen light and the fan.",
            "Turn on.",
        ]
    )
    assert all(said > other + 2 for other in others)


def test_the_score_of_a_sentence_hardly_moves_with_what_is_scored_beside_it(
    asr: moonshine.Engine, voice: hibari.Engine
) -> None:
    score = asr.transcribe(spoken(voice, "Turn on the light.")).score
    assert score is not None
    one, long = "Turn on the light.", "Turn on all of the lights in the kitchen and in the hall."
    [alone] = score([one])
    together = score([long, *[one] * 9])
    assert together[1:] == pytest.approx((alone,) * 9, abs=0.25)
    assert together[0] < alone - 5
    assert alone < 0
    assert score([]) == ()


def test_what_was_heard_scores_as_it_was_found(
    asr: moonshine.Engine, voice: hibari.Engine, content: dict[str, bytes]
) -> None:
    """Decoding piece by piece and judging all pieces at once give the same probability."""
    heard = asr.transcribe(spoken(voice, "Close the blinds in the bedroom."))
    assert heard.score is not None
    [whole] = heard.score([heard.text])
    count = len(Pieces(content[moonshine._PIECES]).numbers(heard.text)) + 1
    assert np.exp(whole / count) == pytest.approx(heard.confidence, abs=0.02)


def test_other_languages_are_refused(content: dict[str, bytes]) -> None:
    with pytest.raises(moonshine.LanguageError, match="'de'"):
        moonshine.Engine(moonshine.Options(language="de"), content)


def test_a_damaged_list_of_pieces_is_refused(content: dict[str, bytes]) -> None:
    broken = content | {moonshine._PIECES: content[moonshine._PIECES][:-1]}
    with pytest.raises(EngineError, match="Fetch the models again"):
        moonshine.Engine(moonshine.Options(), broken)


def test_pieces_of_another_net_are_refused(content: dict[str, bytes]) -> None:
    other = content | {moonshine._PIECES: content[moonshine._PIECES] + b"\x01a"}
    with pytest.raises(EngineError, match="do not belong together"):
        moonshine.Engine(moonshine.Options(), other)


def test_nothing_is_opened_once_it_is_made(
    models: Path, content: dict[str, bytes], voice: hibari.Engine
) -> None:
    assert content
    child = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(models)],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=ROOT,
        input=spoken(voice, "Turn on the light.").tobytes(),
        capture_output=True,
        check=True,
    )
    assert child.stdout == b"done\n"


LEARNT = ["▁t", "er", "in", "▁wa", "at", "▁wat", "▁water", "w", "a", "t", "e", "r", "▁", "▁w"]
LIST = [b"<unk>", b"<s>", b"</s>", *(bytes([n]) for n in range(256)), *(p.encode() for p in LEARNT)]
SMALL = Pieces(b"".join(bytes([len(piece)]) + piece for piece in LIST))


def test_neighbours_are_joined_in_the_order_in_which_pieces_were_learnt() -> None:
    assert SMALL.numbers("water") == at("▁water")
    assert SMALL.numbers("winter") == at("▁w", "in", "t", "er")
    assert SMALL.numbers("t") == at("▁t")
    assert SMALL.numbers("é") == [*at("▁"), 3 + 0xC3, 3 + 0xA9]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="▁")))
def test_text_comes_back_whole(text: str) -> None:
    assert SMALL.text(SMALL.numbers(text)) == text.strip()


@given(st.binary(max_size=250))
def test_a_file_too_short_for_all_bytes_is_refused(content: bytes) -> None:
    with pytest.raises(PiecesError):
        Pieces(content)


def test_a_long_piece_has_two_bytes_of_length() -> None:
    pieces = Pieces(b"".join(b"\x01a" for _ in range(260)) + b"\xac\x02" + b"b" * 300)
    assert pieces.text([260]) == "b" * 300


def at(*pieces: str) -> list[int]:
    return [259 + LEARNT.index(piece) for piece in pieces]


def bare(text: str) -> str:
    return re.sub(r"[^\w ]", "", text).casefold().strip()
