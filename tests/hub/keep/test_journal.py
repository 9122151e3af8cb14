"""Records over a pipe: on any cut, after any break, from a senses that lies; and the budget."""

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.keep.errors import Garbled
from hub.keep.journal import RECORD_LIMIT, Budget, Journal, Records, pieces

SIZES = st.lists(st.integers(0, 20_000), max_size=6)


def record(number: int, size: int) -> bytes:
    return bytes([number]) * size


@given(sizes=SIZES, cut=st.integers(1, 9_000))
def test_records_arrive_however_the_stream_is_cut(sizes: list[int], cut: int) -> None:
    sent = [record(number, size) for number, size in enumerate(sizes)]
    stream = b"".join(piece for each in sent for piece in pieces(each))
    decoder, got = Records(), list[bytes]()
    for at in range(0, len(stream), cut):
        got += decoder.feed(stream[at : at + cut])
    assert got == sent


@given(size=st.integers(5_000, 20_000), data=st.data())
def test_a_record_that_broke_off_harms_no_other(size: int, data: st.DataObject) -> None:
    parts = list(pieces(record(1, size)))
    arrived = data.draw(st.integers(0, len(parts) - 1))
    decoder = Records()
    assert list(decoder.feed(b"".join(parts[:arrived]))) == []
    assert list(decoder.feed(b"".join(pieces(b"whole")))) == [b"whole"]


@pytest.mark.parametrize("lie", [b"\xff\xff\x03", b"\x00\x01\x04x", b"RIFF....WAVE"])
def test_what_senses_does_not_write_is_refused(lie: bytes) -> None:
    with pytest.raises(Garbled):
        list(Records().feed(lie))


def test_a_record_without_end_is_refused() -> None:
    first, middle, *_ = pieces(bytes(20_000))
    decoder = Records()
    assert list(decoder.feed(first)) == []
    with pytest.raises(Garbled):
        list(decoder.feed(middle * (RECORD_LIMIT // len(middle) + 2)))


@given(
    steps=st.lists(st.tuples(st.floats(0, 5_000), st.integers(0, 3_000)), max_size=40),
    per_hour=st.integers(1, 2_000),
)
def test_never_more_than_the_budget(steps: list[tuple[float, int]], per_hour: int) -> None:
    now, kept, budget = 0.0, 0, Budget(per_hour, 0.0)
    for pause, size in steps:
        now += pause
        kept += size if budget.allows(size, now) else 0
        assert kept <= per_hour * (1 + now / 3_600) + 1e-6


def test_an_hour_later_there_is_a_new_budget() -> None:
    budget = Budget(100, 0.0)
    assert budget.allows(100, 0.0)
    assert not budget.allows(100, 3_599.0)
    assert budget.allows(100, 3_600.0)


def test_what_is_saved_up_is_an_hour_at_most() -> None:
    budget = Budget(100, 0.0)
    assert not budget.allows(101, 36_000.0)
    assert budget.allows(100, 36_000.0)


def test_a_clock_put_back_neither_gains_nor_costs() -> None:
    budget = Budget(100, 3_600.0)
    assert budget.allows(100, 3_600.0)
    assert not budget.allows(1, 0.0)
    assert budget.allows(50, 1_800.0)


def test_hearing_does_not_wait_for_a_launcher_that_hangs() -> None:
    reader, writer = os.pipe()
    journal = Journal(writer)
    began = time.monotonic()
    journal.keep(bytes(200_000))
    assert time.monotonic() - began < 0.5
    assert (journal.lost, journal.closed) == (1, False)
    decoder = Records()
    assert list(decoder.feed(os.read(reader, 100_000))) == []
    journal.keep(b"the next")
    assert list(decoder.feed(os.read(reader, 100_000))) == [b"the next"]
    os.close(reader)
    os.close(writer)


def test_without_a_reader_it_is_over() -> None:
    reader, writer = os.pipe()
    journal = Journal(writer)
    os.close(reader)
    journal.keep(b"to nobody")
    assert (journal.lost, journal.closed) == (1, True)
    journal.keep(b"to nobody")
    assert journal.lost == 1
    os.close(writer)


def test_too_long_a_record_is_lost() -> None:
    reader, writer = os.pipe()
    journal = Journal(writer)
    journal.keep(bytes(RECORD_LIMIT + 1))
    assert journal.lost == 1
    os.close(writer)
    assert os.read(reader, 10) == b""
    os.close(reader)
