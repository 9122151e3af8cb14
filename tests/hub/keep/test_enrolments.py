"""Enrolments on a real disk: who may read them, what is noticed, what forgetting destroys."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.keep.box import KEY_SIZE, packed, unpacked
from hub.keep.enrolments import Enrolments
from hub.keep.errors import BadExample, Damaged, NoSuchPerson
from hub.keep.people import Example, Kind, Person, Vector

NOW = 1_800_000_000
KEY = bytes(range(KEY_SIZE))
NAME = "Wilhelmina Ashgrove"


def vector(seed: int, size: int = 192) -> Vector:
    return np.random.default_rng(seed).normal(size=size).astype(np.float32)


def voice(seed: int = 0, kind: Kind = "voice", expires: int | None = None) -> Example:
    return Example(kind, "campplus-1", vector(seed), NOW, expires)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "enrolments"


def test_a_person_comes_back_as_enrolled(folder: Path) -> None:
    person = Enrolments(folder).enrol(NAME, [voice(1), voice(2, "not_voice", NOW + 9)])
    Enrolments(folder).add(person, voice(3, "face"))
    [back] = Enrolments(folder).found(NOW).people
    assert (back.id, back.name) == (person, NAME)
    assert [example.kind for example in back.examples] == ["voice", "not_voice", "face"]
    assert [example.expires for example in back.examples] == [None, NOW + 9, None]
    for seed, example in enumerate(back.examples, 1):
        np.testing.assert_array_equal(example.embedding, vector(seed))


def test_nothing_is_in_clear_and_nobody_else_may_read(folder: Path) -> None:
    Enrolments(folder).enrol(NAME, [voice(1)])
    files = sorted(folder.iterdir())
    assert [file.suffix for file in files] == [".box", ".key"]
    assert folder.stat().st_mode & 0o777 == 0o700
    for file in files:
        assert file.stat().st_mode & 0o777 == 0o600
        data = file.read_bytes()
        assert not any(part.encode() in data for part in NAME.split())
        assert vector(1)[:4].tobytes() not in data
        assert NAME not in file.name


def test_no_name_and_no_embedding_in_a_repr() -> None:
    person = Person("ab", NAME, (voice(1),))
    assert NAME not in repr(person)
    assert "array" not in repr(person)


def test_forgetting_overwrites_the_key_on_the_disk(folder: Path, tmp_path: Path) -> None:
    store = Enrolments(folder)
    person, other = store.enrol(NAME, [voice(1)]), store.enrol("Bo", [voice(2)])
    kept = tmp_path / "same file, another name"
    kept.hardlink_to(folder / f"{person}.key")
    box = (folder / f"{person}.box").read_bytes()
    store.forget(person)
    assert kept.read_bytes() == bytes(KEY_SIZE)
    assert not list(folder.glob(f"{person}*"))
    with pytest.raises(Damaged):
        unpacked(person, box, kept.read_bytes())
    assert [each.id for each in store.found(NOW).people] == [other]
    with pytest.raises(NoSuchPerson):
        store.forget(person)
    with pytest.raises(NoSuchPerson):
        store.add(person, voice())


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 32 + "/", "A" * 32])
def test_an_id_is_not_a_path(folder: Path, name: str) -> None:
    with pytest.raises(NoSuchPerson):
        Enrolments(folder).forget(name)


def test_the_boxes_of_two_people_cannot_be_exchanged(folder: Path) -> None:
    store = Enrolments(folder)
    one, two = store.enrol("Ann", [voice(1)]), store.enrol("Bo", [voice(2)])
    exchange(folder / f"{one}.box", folder / f"{two}.box")
    assert set(store.found(NOW).damaged) == {one, two}
    exchange(folder / f"{one}.key", folder / f"{two}.key")  # box and key of the other
    assert set(store.found(NOW).damaged) == {one, two}
    store.forget(one)
    assert store.found(NOW).damaged == (two,)


def exchange(one: Path, two: Path) -> None:
    middle = one.with_suffix(".middle")
    one.rename(middle)
    two.rename(one)
    middle.rename(two)


@given(data=st.data())
def test_any_change_and_any_cut_is_noticed(data: st.DataObject) -> None:
    box = packed(Person("ab", NAME, (voice(1), voice(2, "not_voice"))), KEY)
    at = data.draw(st.integers(0, len(box) - 1))
    changed = bytearray(box)
    changed[at] ^= data.draw(st.integers(1, 255))
    for bad in (bytes(changed), box[:at]):
        with pytest.raises(Damaged, match="enrol again"):
            unpacked("ab", bad, KEY)
    assert unpacked("ab", box, KEY).name == NAME


def test_examples_cannot_be_left_out_moved_or_renamed() -> None:
    box = packed(Person("ab", NAME, (voice(1), voice(2), voice(3, "not_voice"))), KEY)
    version, name, examples = msgspec.msgpack.decode(box)
    first, second, third = examples
    told_otherwise = ["voice", *third[1:]]
    for others in ([first, second], [second, first, third], [first, second, told_otherwise]):
        with pytest.raises(Damaged):
            unpacked("ab", msgspec.msgpack.encode([version, name, others]), KEY)


def test_what_is_too_old_is_dropped_and_who_has_nothing_left_is_forgotten(folder: Path) -> None:
    store = Enrolments(folder)
    short = store.enrol("Ann", [voice(1, expires=NOW + 10), voice(2, "not_voice")])
    long = store.enrol("Bo", [voice(3, expires=NOW + 10), voice(4)])
    assert len(store.found(NOW + 9).people) == 2
    store.expire(NOW + 9)
    assert [len(each.examples) for each in store.found(0).people] == [2, 2]
    seen = {each.id: len(each.examples) for each in store.found(NOW + 10).people}
    assert seen == {short: 1, long: 1}
    store.expire(NOW + 10)
    assert [(each.id, len(each.examples)) for each in store.found(0).people] == [(long, 1)]
    assert not list(folder.glob(f"{short}*"))


@pytest.mark.parametrize(
    "embedding",
    [
        vector(1, 0),
        np.array([np.nan], np.float32),
        np.zeros((2, 2), np.float32),
        np.zeros(4_097, np.float32),
    ],
)
def test_an_embedding_is_a_short_row_of_numbers(embedding: Vector) -> None:
    with pytest.raises(BadExample):
        Example("voice", "campplus-1", embedding, NOW)


def test_nobody_is_enrolled_by_what_they_are_not(folder: Path) -> None:
    with pytest.raises(BadExample):
        Enrolments(folder).enrol(NAME, [voice(1, "not_voice")])
    with pytest.raises(BadExample):
        Enrolments(folder).enrol("", [voice(1)])
    assert not list(folder.iterdir())
