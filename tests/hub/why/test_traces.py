"""What is kept: for its owner alone, 500 turns of seven days, and never at the cost of a turn."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from hub.asker import Asker
from hub.homes.demo import demo_home
from hub.turn import Turn
from hub.why.recorder import Recorder
from hub.why.trace import Candidate, Trace
from hub.why.traces import FILE, KEPT_FOR, MOST, NotKept, Traces
from intents.wishes import Wish
from tests.hub.why.parts import LAMP, NOW, SPOKEN, TYPED, WAKE, traced

DAY = 86_400.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / FILE


def at(traces: tuple[Trace, ...]) -> list[float]:
    return [each.at for each in traces]


def test_what_is_kept_comes_back_whole(path: Path) -> None:
    Traces(path).add(traced())
    assert Traces(path).last(5, NOW) == (traced(),)


def test_for_its_owner_alone(path: Path) -> None:
    kept = Traces(path)
    kept.add(traced())
    assert {each.stat().st_mode & 0o777 for each in path.parent.iterdir()} == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_newest_first_and_no_more_than_500(path: Path) -> None:
    kept = Traces(path)
    for second in range(MOST + 10):
        kept.add(traced(at=NOW + second))
    assert at(kept.last(2, NOW)) == [NOW + MOST + 9, NOW + MOST + 8]
    assert len(kept.last(2 * MOST, NOW)) == MOST


def test_a_week(path: Path) -> None:
    kept = Traces(path)
    kept.add(traced(at=NOW - KEPT_FOR - 1))
    kept.add(traced(at=NOW - KEPT_FOR + 1))
    assert at(kept.last(5, NOW)) == [NOW - KEPT_FOR + 1]
    kept.tidy(NOW + 2)
    assert rows(path) == 0


def test_forgotten_from_the_disk(path: Path) -> None:
    kept = Traces(path)
    kept.add(traced())
    kept.forget()
    assert list(path.parent.iterdir()) == []
    assert kept.last(5, NOW) == ()
    kept.add(traced())
    assert len(kept.last(5, NOW)) == 1


def test_deleted_rows_are_written_over(path: Path) -> None:
    kept = Traces(path)
    kept.add(traced(replace(LAMP, words="a very particular sentence")))
    kept.tidy(NOW + 8 * DAY)
    kept.close()
    assert b"particular" not in path.read_bytes()


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_a_damaged_file_is_begun_anew(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    kept = Traces(path)
    kept.add(traced())
    assert kept.last(5, NOW) == (traced(),)


def test_a_trace_of_another_version_is_left_out(path: Path) -> None:
    kept = Traces(path)
    kept.add(traced())
    with sqlite3.connect(path) as file:
        file.execute("INSERT INTO traces (at, trace) VALUES (?, ?)", (NOW, '{"at": 1}'))
    assert kept.last(5, NOW) == (traced(),)


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotKept, match="make room"):
        Traces(tmp_path / "file" / FILE).add(traced())


def test_a_turn_never_fails_for_it_and_the_owner_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told: list[str] = []
    recorder = Recorder(Traces(tmp_path / "file" / FILE), lambda: NOW, told.append)
    for _ in range(3):
        recorder.ended(LAMP, SPOKEN, demo_home())
        recorder.tidy()
    assert len(told) == 1


def test_the_wake_word_belongs_to_the_next_spoken_turn(path: Path) -> None:
    recorder = Recorder(Traces(path), lambda: NOW, print)
    spoken = replace(SPOKEN, wake=None)
    recorder.woke(WAKE)
    recorder.ended(LAMP, TYPED, demo_home())
    recorder.ended(LAMP, spoken, demo_home())
    recorder.ended(LAMP, spoken, demo_home())
    scores = [each.wake.score if each.wake else None for each in recorder.last(3)]
    assert scores == [None, WAKE.score, None]


def test_what_was_not_understood_is_not_kept(path: Path) -> None:
    """Only how near this home's own sentences lie to it."""
    recorder = Recorder(Traces(path), lambda: NOW, print)
    origin = replace(TYPED, said="turn on my secret lamp")
    recorder.ended(Turn((), nearest=("turn on the Lamp",)), origin, demo_home())
    [kept] = recorder.last(1)
    assert kept.candidates == (Candidate("turn on the Lamp", 0.67),)
    assert kept.reason == "not_understood"
    assert recorder.traces
    recorder.traces.close()
    assert b"secret" not in path.read_bytes()


def test_who_asks_why_means_the_last_turn_there_that_was_no_why(path: Path) -> None:
    recorder = Recorder(Traces(path), lambda: NOW, print)
    why = Turn((Wish("HubWhy", {}),), reply="Because.")
    elsewhere = replace(SPOKEN, asker=Asker("voice", "Kitchen"))
    recorder.ended(LAMP, SPOKEN, demo_home())
    recorder.ended(replace(LAMP, words="other"), elsewhere, demo_home())
    recorder.ended(why, SPOKEN, demo_home())
    latest = recorder.latest("Bedroom")
    assert latest is not None
    assert latest.turn.words == LAMP.words
    assert recorder.latest("Hallway") is None


def test_where_nothing_shall_be_kept_nothing_is() -> None:
    recorder = Recorder(None, lambda: NOW, print)
    recorder.ended(LAMP, SPOKEN, demo_home())
    recorder.forget()
    assert recorder.last(5) == ()
    assert recorder.latest("Bedroom") is None


def test_it_shows_nothing_in_a_log() -> None:
    assert "lamp" not in repr(traced()).casefold()


def rows(path: Path) -> int:
    with sqlite3.connect(path) as file:
        [(count,)] = file.execute("SELECT count(*) FROM traces")
    return int(count)
