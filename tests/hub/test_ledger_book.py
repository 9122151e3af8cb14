"""The file: sums that add up, that survive a kill, 30 days, damage and a clock that goes back."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from hub.ledger.book import FILE, Book, LedgerUnreadable, NotWritten, entries
from hub.ledger.entries import Destination, Entry, Traffic
from hub.ledger.purposes import Endpoint, Purposes, resolvers
from tests.hub.ledger_parts import HOUR, NOW, kept
from tests.hub.ledger_peer import ROOT

BROKER = Destination("192.168.1.10", 1883)
TEN = Traffic(connections=1, bytes_out=10, bytes_in=2)


def entry(hour: int = HOUR, purpose: str = "broker", traffic: Traffic = TEN) -> Entry:
    return Entry(hour, BROKER, purpose, traffic)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / FILE


def test_sums_of_an_hour_add_up(path: Path, said: list[str]) -> None:
    book = Book(path, said.append)
    book.add([entry(), entry()], before=0)
    book.add([entry()], before=0)
    assert entries(path, HOUR) == (entry(traffic=TEN + TEN + TEN),)
    assert entries(path, HOUR + 1) == ()
    book.close()
    assert said == []


def test_a_purpose_found_later_holds_for_the_hour(path: Path, said: list[str]) -> None:
    book = Book(path, said.append)
    book.add([entry(purpose="")], before=0)
    book.add([entry(traffic=Traffic())], before=0)
    book.add([entry(purpose="", traffic=Traffic())], before=0)
    book.close()
    assert entries(path, 0) == (entry(),)


def test_it_is_for_its_owner_alone(path: Path, said: list[str]) -> None:
    book = Book(path, said.append)
    book.add([entry()], before=0)
    modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert len(modes) == 3
    assert path.parent.stat().st_mode & 0o777 == 0o700
    book.close()


def test_thirty_days(tmp_path: Path) -> None:
    path = tmp_path / FILE
    book = Book(path, print)
    book.add([entry(HOUR - 721), entry(HOUR - 720)], before=0)
    book.close()
    with kept(tmp_path) as ledger:
        socket.getaddrinfo("localhost", 1)
        ledger.look()
    hours = [each.hour for each in entries(path, 0)]
    assert hours == [HOUR - 720, HOUR]


def test_a_clock_that_goes_back_loses_nothing(tmp_path: Path) -> None:
    with kept(tmp_path) as ledger:
        for now in (NOW, NOW - 86_400, NOW - 86_399):
            ledger.now = now
            socket.getaddrinfo("localhost", 1)
            ledger.look()
    sums = {each.hour: each.traffic.messages for each in entries(ledger.path, 0)}
    assert sums == {HOUR - 24: 2, HOUR: 1}


@pytest.mark.parametrize(
    "content", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 9_000]
)
def test_a_damaged_file_is_set_aside(path: Path, said: list[str], content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(LedgerUnreadable, match="cannot be read"):
        entries(path, 0)
    book = Book(path, said.append)
    book.add([entry()], before=0)
    book.close()
    assert entries(path, 0) == (entry(),)
    aside = path.with_suffix(".damaged")
    assert aside.read_bytes() == content
    assert said == [f"The ledger was damaged: it lies in {aside}; a new one is begun."]


def test_damage_while_it_runs(path: Path, said: list[str]) -> None:
    book = Book(path, said.append)
    book.add([entry(hour) for hour in range(HOUR - 600, HOUR)], before=0)
    book.close()
    content = bytearray(path.read_bytes())
    content[4_096:] = b"\xff" * (len(content) - 4_096)
    path.write_bytes(content)
    book.add([entry()], before=0)
    book.close()
    assert entries(path, 0) == (entry(),)
    assert len(said) == 1


def test_the_table_of_another_program_is_set_aside(path: Path, said: list[str]) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE traffic (hour INTEGER, whatever TEXT)")
    other.close()
    book = Book(path, said.append)
    book.add([entry()], before=0)
    book.close()
    assert entries(path, 0) == (entry(),)
    assert len(said) == 1


def test_what_cannot_be_written_waits(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.write_text("in the way")
    with kept(state) as ledger:
        for _ in range(3):
            socket.getaddrinfo("localhost", 1)
            ledger.look()
            ledger.now += 10
        assert ledger.said[0].endswith("make room, or make it writable.")
        assert len(ledger.said) == 1
        state.unlink()
        ledger.look()
        assert [each.traffic.messages for each in entries(ledger.path, 0)] == [3]


def test_a_book_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(NotWritten, match="Is a directory"):
        Book(tmp_path / FILE, print).add([entry()], before=0)


def test_readers_do_not_disturb_the_writer_nor_each_other(path: Path, said: list[str]) -> None:
    book, seen = Book(path, said.append), [Counter[bool](), Counter[bool]()]
    book.add([entry()], before=0)
    done = threading.Event()

    def read(found: Counter[bool]) -> None:
        while not done.is_set():
            [only] = entries(path, 0)
            found[only.traffic.bytes_out % 10 == 0] += 1

    readers = [threading.Thread(target=read, args=(found,)) for found in seen]
    for each in readers:
        each.start()
    for _ in range(100):
        book.add([entry()], before=0)
    done.set()
    for each in readers:
        each.join()
    book.close()
    assert entries(path, 0)[0].traffic.bytes_out == 1_010
    assert all(found[True] and not found[False] for found in seen)


def test_a_killed_house_loses_only_what_was_not_written(tmp_path: Path) -> None:
    """It asks for a name each second of its clock, writes every ten, and kills itself."""
    command = [sys.executable, "-m", "tests.hub.test_ledger_book", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    [only] = entries(tmp_path / FILE, 0)
    assert only.traffic.messages == 21


def _killed(folder: Path) -> None:
    with kept(folder) as ledger:
        for _ in range(25):
            socket.getaddrinfo("localhost", 1)
            ledger.look()
            ledger.now += 1
        os.kill(os.getpid(), signal.SIGKILL)


def test_many_destinations_in_an_hour_are_kept_together(tmp_path: Path) -> None:
    with kept(tmp_path) as ledger, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        for port in range(1, 1_501):
            line.sendto(b"", ("127.0.0.1", port))
            if port % 500 == 0:
                ledger.look()
    found = entries(ledger.path, 0)
    assert len(found) == 1_001
    assert {each.destination.address: each.traffic.messages for each in found}["others"] == 500


def test_purposes_fit_the_address_the_port_and_the_way() -> None:
    named = Purposes(
        (
            Endpoint("192.168.1.10", 1883, "broker"),
            Endpoint("ha.local", 8123, "Home Assistant"),
            Endpoint("", 1884, "our broker"),
        )
    )

    def of(*what: str | int) -> str:
        return named.of(Destination(*what), NOW)  # type: ignore[arg-type]

    assert of("192.168.1.10", 1883) == "broker"
    assert of("192.168.1.10", 1884) == of("192.168.1.11", 1883) == ""
    assert of("192.168.1.99", 1884, "tcp", "from") == "our broker"
    assert of("192.168.1.99", 1884) == of("192.168.1.10", 1883, "tcp", "from") == ""
    assert of("ha.local", 0, "lookup") == of("ha.local", 8123) == "Home Assistant"
    assert of("example.org", 0, "lookup") == ""


def test_name_servers_have_a_purpose(tmp_path: Path) -> None:
    settings = tmp_path / "resolv.conf"
    settings.write_text("# nameserver 1.1.1.1\nnameserver 192.168.1.1\noptions edns0\n")
    assert resolvers(settings) == (Endpoint("192.168.1.1", 53, "name lookups"),)
    assert resolvers(tmp_path / "none") == ()


if __name__ == "__main__":
    _killed(Path(sys.argv[1]))
