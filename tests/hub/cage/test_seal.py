"""The seal binds what it says it binds, and says when it does not."""

import os
import platform
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.hub.cage.children import inside


def test_the_kernels_own_words() -> None:
    report = inside("A", "senses", "escapes").report
    assert report["seccomp"] == [2]
    assert report["capabilities"] == 0
    assert report["network"] not in {0, Path("/proc/self/ns/net").stat().st_ino}
    assert report["text"] == "senses is sealed at level A."


def test_what_is_missing_is_named() -> None:
    report = inside("C", "mouth", "escapes").report
    assert "user namespaces" in str(report["text"])
    assert "Landlock" in str(report["text"])


@pytest.mark.parametrize("role", ["senses", "mouth", "house", "eye", "relay", "booth"])
def test_threads_that_already_run_are_bound(role: str) -> None:
    report = inside("A", role, "threads").report
    assert report["threads"] == 4
    assert report["seccomp"] == [2]
    assert report["escaped"] == [[], [], []]


def test_a_process_isolated_too_late_is_found_out() -> None:
    report = inside("A", "senses", "late").report
    assert report["level"] == (None if os.geteuid() == 0 else "C")


def test_a_process_never_isolated_is_found_out() -> None:
    report = inside("A", "senses", "never_isolated").report
    if os.geteuid() == 0:
        assert report["level"] is None
        assert "kept its privileges" in str(report["text"])
    else:
        assert report["level"] == "C"


@pytest.mark.parametrize("what", ["udp", "journal", "file", "memory"])
def test_an_open_way_out_is_refused(what: str, tmp_path: Path) -> None:
    report = inside("A", "senses", "holding", what, HELD=str(tmp_path / "sound")).report
    assert report["level"] is None
    assert "descriptor" in str(report["text"])


def test_memory_and_pairs_may_stay_open(tmp_path: Path) -> None:
    report = inside("A", "senses", "holding", "harmless").report
    assert report["level"] == "A"


def test_a_booth_holds_one_port_and_nothing_else() -> None:
    assert inside("A", "booth", "holding", "port").report["level"] == "A"
    for what in ("two ports", "connection"):
        report = inside("A", "booth", "holding", what).report
        assert report["level"] is None
        assert "is a socket" in str(report["text"])


def test_the_port_of_a_booth_cannot_be_turned_around() -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(5)
        where = [str(part) for part in elsewhere.getsockname()]
        assert inside("none", "booth", "turned", *where).report["worked"]
        elsewhere.accept()[0].close()  # without a seal it can
        assert inside("A", "booth", "turned", *where).report == {"level": "A", "worked": []}
        elsewhere.settimeout(0)
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


def test_the_mouth_may_write_replies_to_its_file(tmp_path: Path) -> None:
    report = inside("A", "mouth", "holding", "file", HELD=str(tmp_path / "replies")).report
    assert report["level"] == "A"


def test_what_senses_prints_reaches_no_terminal_and_no_journal() -> None:
    assert inside("A", "senses", "speaks").said == ""
    assert inside("A", "mouth", "speaks").said == "leakleak"


def test_calls_of_another_machine_kill() -> None:
    if platform.machine() != "x86_64":
        missing("Not an x86_64: only there a program can make a 32-bit PC's calls.")
    assert inside("A", "house", "old_calls").report["socket"] > 0  # type: ignore[operator]
    ended = inside("A", "senses", "old_calls")
    assert ended.status == -signal.SIGSYS
    assert not ended.reports


def test_a_process_of_the_hub_is_started_isolated() -> None:
    """It got as far as the house's own arguments."""
    done = subprocess.run(
        [sys.executable, "-m", "hub.cage", "house"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "--heard" in done.stderr
