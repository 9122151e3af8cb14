"""The file: everything comes back, for its owner alone; a damaged one is set aside."""

import os
import sqlite3
from datetime import date, time
from pathlib import Path

import pytest

from hub.timekeeping.agenda import (
    After,
    Agenda,
    At,
    Entry,
    Every,
    EverySun,
    Item,
    Once,
    Paused,
    Ring,
    Rule,
)
from hub.timekeeping.store import FILE, File, NotKept

TEA = Entry(id=1, kind="timer", rule=At(1000.0, 60.0), since=940.0, text="tea", length=60.0)
RULES: tuple[Rule, ...] = (
    At(1000.5, 60.0),
    Paused(5.0),
    Once(date(2026, 11, 24), time(7, 30)),
    Every(frozenset({0, 4}), time(6)),
    EverySun("sunset", frozenset(range(7)), 52.5, 13.4),
    After(1),
)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / FILE


def kept(path: Path) -> Agenda:
    said: list[str] = []
    file = File(path, said.append)
    agenda = file.load()
    file.close()
    assert said == []
    return agenda


def test_everything_comes_back(path: Path, said: list[str]) -> None:
    items: list[Item] = [
        Entry(id=n, kind="command", rule=rule, since=1.0, text="ä", area="Küche", length=2.0)
        for n, rule in enumerate(RULES, 1)
    ]
    items.append(Entry(id=8, kind="alarm", rule=RULES[3], since=1.0, done=date(2026, 1, 2)))
    items.append(Ring(id=9, kind="timer", due=1.5, sounds=2.5, began=2.0, told=True, repeats=True))
    agenda = Agenda(tuple(items), 9)
    file = File(path, said.append)
    file.save(agenda)
    file.close()
    assert kept(path) == agenda


def test_what_is_gone_is_gone_and_its_id_is_not_given_again(path: Path, said: list[str]) -> None:
    file = File(path, said.append)
    agenda = Agenda().put(TEA)
    file.save(agenda)
    file.save(agenda.drop(TEA))
    file.close()
    assert kept(path) == Agenda((), 1)


def test_it_is_for_its_owner_alone(path: Path, said: list[str]) -> None:
    file = File(path, said.append)
    file.save(Agenda().put(TEA))
    modes = {each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    file.close()
    assert modes == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_each_change_waits_for_the_disk(path: Path, said: list[str]) -> None:
    file = File(path, said.append)
    file.load()
    assert file._file is not None
    (mode,) = file._file.execute("PRAGMA journal_mode").fetchone()
    (sync,) = file._file.execute("PRAGMA synchronous").fetchone()
    file.close()
    assert (mode, sync) == ("wal", 2)


def test_what_cannot_be_written_is_refused_and_nothing_changes(path: Path, said: list[str]) -> None:
    file = File(path, said.append)
    before = Agenda().put(TEA)
    file.save(before)
    with sqlite3.connect(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotKept, match="make room"):
            file.save(before.drop(TEA))
    other.close()
    assert kept(path) == before
    file.save(before.drop(TEA))
    file.close()
    assert kept(path).items == ()


def test_a_damaged_file_is_set_aside_and_said(path: Path, said: list[str]) -> None:
    path.parent.mkdir()
    path.write_bytes(os.urandom(8192))
    file = File(path, said.append)
    assert file.load() == Agenda()
    file.save(Agenda().put(TEA))
    file.close()
    assert kept(path).items == (TEA,)
    assert path.with_suffix(".damaged").exists()
    assert len(said) == 1
    assert "damaged" in said[0]


def test_what_another_version_wrote_stays_in_the_file(path: Path, said: list[str]) -> None:
    file = File(path, said.append)
    file.save(Agenda().put(TEA))
    file.close()
    with sqlite3.connect(path) as other:
        other.execute('INSERT INTO items VALUES (7, \'{"type": "dance"}\')')
    other.close()
    file = File(path, said.append)
    agenda = file.load()
    assert agenda == Agenda((TEA,), 7)
    file.save(agenda.drop(TEA))
    file.close()
    assert said == [f"1 entries of {path} cannot be read."]
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT id FROM items").fetchall() == [(7,)]
    other.close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    file = File(tmp_path / "state" / FILE, said.append)
    assert file.load() == Agenda()
    assert len(said) == 1
    with pytest.raises(NotKept):
        file.save(Agenda().put(TEA))
