"""What is played gets from one process to another through memory that only the first can write."""

import mmap
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from audio.frames import Pcm
from hub.reference import Piece, ReferenceReader, ReferenceWriter, Telling
from hub.sound_memory import PIECE, SIZE, Ends, sound_memory


@pytest.fixture
def memory() -> Iterator[Ends]:
    made = sound_memory()
    yield made
    os.close(made.write)
    os.close(made.read)


def piece(number: int) -> Piece:
    return Piece(np.full(PIECE, number, np.int16), 1.0, number * PIECE)


def positions(reader: ReferenceReader) -> list[int]:
    return [each.position // PIECE for each in reader.read()]


def test_all_that_is_told_is_read_once(memory: Ends) -> None:
    writer, reader = ReferenceWriter(memory.write), ReferenceReader(memory.read)
    assert positions(reader) == []
    for number in range(300):
        writer.tell(piece(number))
        [read] = reader.read()
        assert read.position == number * PIECE
        assert np.array_equal(read.pcm, piece(number).pcm)
    assert positions(reader) == []
    assert reader.lost == 0


def test_a_late_reader_loses_what_was_written_over_and_counts_it(memory: Ends) -> None:
    writer, reader = ReferenceWriter(memory.write), ReferenceReader(memory.read)
    for number in range(1_000):
        writer.tell(piece(number))
    read = positions(reader)
    assert read == sorted(read)
    assert read[-1] == 999
    assert reader.lost + len(read) == 1_000


def test_a_new_reader_hears_nothing_old_and_a_new_writer_goes_on(memory: Ends) -> None:
    ReferenceWriter(memory.write).tell(piece(1))
    reader = ReferenceReader(memory.read)
    assert positions(reader) == []
    ReferenceWriter(memory.write).tell(piece(2))
    assert positions(reader) == [2]


def test_a_sound_is_told_as_far_as_it_is_played(memory: Ends) -> None:
    writer, reader = ReferenceWriter(memory.write), ReferenceReader(memory.read)
    sound: Pcm = np.arange(1, 1_001, dtype=np.int16)
    telling, read = Telling(writer, sound), list[Piece]()
    for seconds in (0.02, 0.04, 0.06, 0.08, 0.5):
        telling.until(seconds)
        read += reader.read()
        assert read[-1].position + PIECE <= max(PIECE, seconds * 16_000)
    assert len({each.begun for each in read}) == 1
    assert np.array_equal(np.concatenate([each.pcm for each in read])[:1_000], sound)


WRITES = """
import ctypes, mmap, os, sys
fd, size = int(sys.argv[1]), int(sys.argv[2])
memory = mmap.mmap(fd, size, prot=mmap.PROT_READ)
libc = ctypes.CDLL(None, use_errno=True)
address = ctypes.c_void_p()
buffer = (ctypes.c_char * 1).from_buffer_copy(memory[:1])
def tried(name, attempt):
    try:
        attempt()
    except OSError as error:
        print(name, "refused")
    else:
        print(name, "worked")
tried("write", lambda: os.write(fd, b"x"))
tried("pwrite", lambda: os.pwrite(fd, b"x", 0))
tried("truncate", lambda: os.ftruncate(fd, 0))
tried("map", lambda: mmap.mmap(fd, size, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE))
found = [line for line in open("/proc/self/maps") if "inglenook-sound" in line]
start = int(found[0].split("-")[0], 16)
print("protect", libc.mprotect(ctypes.c_void_p(start), size, 3))
"""


def test_whoever_reads_cannot_write(memory: Ends) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITES, str(memory.read), str(SIZE)],
        pass_fds=(memory.read,),
        capture_output=True,
        text=True,
        check=True,
    )
    refused = [f"{name} refused" for name in ("write", "pwrite", "truncate", "map")]
    assert done.stdout.splitlines() == [*refused, "protect -1"]


def test_its_size_cannot_change_under_the_reader(memory: Ends) -> None:
    for size in (0, 2 * SIZE):
        with pytest.raises(PermissionError):
            os.ftruncate(memory.write, size)


@pytest.mark.parametrize("seed", range(20))
def test_a_writer_that_writes_anything_neither_hangs_nor_breaks_the_reader(
    memory: Ends, seed: int
) -> None:
    reader = ReferenceReader(memory.read)
    with mmap.mmap(memory.write, SIZE) as written:
        for _ in range(5):
            written[:] = np.random.default_rng(seed).bytes(SIZE)
            assert len(positions(reader)) <= 128
