"""An eye sees its camera, through its relay, and reaches nothing else; nothing much goes up."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.eyes.messages import Passed
from hub.messages import Closed, State
from hub.relay import Budget, NotAnAddress
from hub.relay import Camera as Address
from tests.hub.cage.camera import PICTURES, Camera, Protocol, brightness, camera
from tests.hub.cage.children import ROOT
from tests.hub.cage.eye_inside import reach

BURST, RATE = 16_384, 500


class Relay:
    """The real relay, as the launcher would start it; `eye`: its other end."""

    def __init__(self, place: str) -> None:
        self.eye, theirs = socket.socketpair()
        ours, up = os.pipe()
        self._lines = os.fdopen(ours, "rb")
        words = (f"--camera={place}", f"--eye={theirs.fileno()}", f"--up={up}", f"--down={up}")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hub.cage", "relay", *words, f"--parent={os.getpid()}"],
            pass_fds=(theirs.fileno(), up),
            cwd=ROOT,
        )
        theirs.close()
        os.close(up)

    def said(self) -> Iterator[Closed | State | Passed]:
        """Until it ends."""
        known = msgspec.json.Decoder(Closed | State | Passed)
        for line in self._lines:
            yield known.decode(line)

    def passed(self) -> Passed:
        """Its last count; it is told to end when a first connection has ended."""
        counts = (message for message in self.said() if isinstance(message, Passed))
        first = next(counts)
        self.process.terminate()
        return [first, *counts][-1]

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._lines.close()
        self.eye.close()


@contextmanager
def relay(place: str) -> Iterator[Relay]:
    running = Relay(place)
    try:
        yield running
    finally:
        running.end()


def run_eye(to: Relay, *words: str, around: str = "A") -> subprocess.CompletedProcess[str]:
    """What it reports comes as its standard output."""
    ours, theirs = os.pipe()
    fd = str(to.eye.fileno())
    done = subprocess.run(
        [sys.executable, "-m", "tests.hub.cage.eye_inside", str(theirs), fd, around, *words],
        pass_fds=(theirs, to.eye.fileno()),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    os.close(theirs)
    with os.fdopen(ours) as lines:
        done.stdout = lines.read()
    return done


def eye(to: Relay, *words: str, around: str = "A") -> dict[str, object]:
    done = run_eye(to, *words, around=around)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def at(standing: Camera) -> str:
    return f"127.0.0.1:{standing.port}"


@pytest.mark.parametrize("protocol", ["tcp", "http", "rtsp"])
def test_it_sees_what_the_camera_shows(protocol: Protocol) -> None:
    with camera(protocol) as standing, relay(at(standing)) as to:
        seen = eye(to, "watch", protocol)
        passed = to.passed()
    assert seen["level"] == "A"
    assert seen["pictures"] in {PICTURES, PICTURES - 1}, (
        "RTSP does not tell where the last one ends."
    )
    assert seen["first"] == pytest.approx(brightness(0), abs=8)
    assert seen["last"] == pytest.approx(brightness(PICTURES - 1), abs=8)
    assert passed.bytes_up == len(standing.received) < 2_000
    assert passed.bytes_down >= len(standing.film)
    assert (passed.connections, passed.cut) == (1, 0)


@pytest.mark.parametrize("around", ["user", "B"])
def test_it_sees_without_landlock_and_without_root(around: str) -> None:
    with camera() as standing, relay(at(standing)) as to:
        seen = eye(to, "watch", "tcp", around=around)
    assert seen["level"] == ("B" if around == "B" else "A")
    assert seen["pictures"] == PICTURES


def test_without_a_network_of_its_own_it_is_not_started() -> None:
    with camera() as standing, relay(at(standing)) as to:
        done = run_eye(to, "watch", "tcp", around="C")
        to.eye.close()
        said = list(to.said())
    assert done.returncode != 0
    assert "allow user namespaces" in done.stderr
    assert standing.connections == 0
    assert [message.state for message in said if isinstance(message, State)] == ["blind"]


def test_a_relay_serves_nobody_in_the_machines_network() -> None:
    """Even when an eye hands over a socket that listens there."""
    with camera() as standing, relay(at(standing)) as to:
        with socket.create_server(("127.0.0.1", 0)) as gate:
            socket.send_fds(to.eye, [b"."], [gate.fileno()])
        assert to.process.wait(10) == 3
        [said] = list(to.said())
    assert isinstance(said, State)
    assert "the machine's network" in said.reason


def test_it_cannot_push_pictures_to_the_camera() -> None:
    """Over as many connections as it gets."""
    with camera(pictures=2) as standing, relay(at(standing)) as to:
        started = time.monotonic()
        sent = eye(to, "push", "20000000")["sent"]
        passed = to.passed()
        seconds = time.monotonic() - started
    assert passed.cut >= 1
    assert isinstance(sent, int)
    assert sent > BURST
    assert len(standing.received) <= passed.bytes_up <= BURST + RATE * seconds


def test_it_reaches_nothing_else() -> None:
    """Neither that camera directly, nor others, nor a name; outside the seal all of it works."""
    everywhere = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    with camera() as standing, everywhere as other:
        hosts = ["127.0.0.1", "::1", *own_address()]
        places = [f"{host}/{other.getsockname()[1]}" for host in hosts]
        places.append(f"127.0.0.1/{standing.port}")
        outside = [*hosts, "127.0.0.1"]
        assert reach(*places) == {"tcp": outside, "udp": outside, "names": True}
        with relay(at(standing)) as to:
            assert eye(to, "roam", *places) == {"tcp": [], "udp": [], "names": False}


def own_address() -> list[str]:
    """Of this machine on its network, where it has one. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        if line.connect_ex(("198.51.100.1", 9)):
            return []
        return [line.getsockname()[0]]


@given(st.lists(st.tuples(st.integers(0, 100_000), st.floats(0, 100)), max_size=50))
def test_a_budget_is_never_exceeded(steps: list[tuple[int, float]]) -> None:
    budget, now, passed = Budget(), 0.0, 0
    for size, pause in steps:
        now += pause
        passed += size * budget.take(size, now)
        assert passed <= BURST + RATE * now + 0.01


def test_a_budget_refills() -> None:
    budget = Budget()
    assert budget.take(BURST, 0.0)
    assert not budget.take(1, 0.0)
    assert budget.take(RATE, 1.0)
    assert not budget.take(BURST + 1, 1_000.0)


def test_addresses() -> None:
    assert Address.of("192.168.1.20:554") == Address(socket.AF_INET, ("192.168.1.20", 554))
    assert Address.of("[fd00::20]:554").address == ("fd00::20", 554, 0, 0)
    for wrong in ("camera.local:554", "192.168.1.20", "", "192.168.1.20:", "::1"):
        with pytest.raises(NotAnAddress, match="not to be found"):
            Address.of(wrong)
