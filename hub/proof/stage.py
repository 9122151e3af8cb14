"""Plays one run: new wires, a broker, a camera, a satellite, an internet, the program."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from hub.ledger.book import FILE, entries
from hub.proof import network
from hub.proof.addresses import BROKER, BROKER_PORT, SATELLITE
from hub.proof.attempts import LEFT_BEHIND
from hub.proof.capture import Capture, capturing
from hub.proof.enclosure import WORKSHOP, program
from hub.proof.judge import Evidence
from hub.proof.packets import Count
from hub.proof.runs import Run
from hub.proof.settings import clean_environment, state, write_settings

_LOOK = 0.3
"""Seconds between two looks at what was captured so far."""
_FAREWELL = 5.0
_SHOWN = 160


def play(run: Run, recording: Path) -> Evidence:
    """Raises CannotProve."""
    folder = WORKSHOP / run.name
    folder.mkdir()
    began = time.monotonic()
    settings = write_settings(folder, recording)
    environment = clean_environment(folder)
    net = network.build(run.name)
    with ExitStack() as stage:
        stage.enter_context(_running(_broker(net.lan, folder), environment, folder / "broker.log"))
        internet = (*network.inside(net.inet), sys.executable, "-m", "hub.proof.internet")
        stage.enter_context(_running(internet, environment, folder / "internet.log"))
        camera = (*network.inside(net.lan), sys.executable, "-m", "hub.proof.camera")
        stage.enter_context(_running(camera, environment, folder / "camera.log"))
        satellite = (*network.inside(net.lan), sys.executable, "-m", "hub.proof.satellite")
        stage.enter_context(_running(satellite, environment, folder / "satellite.log"))
        capture = stage.enter_context(capturing(net, folder))
        words = (word.replace("CONFIG", str(settings)) for word in run.program)
        hub = (*network.inside(net.house), sys.executable, "-m", *words)
        with _running(hub, environment, folder / "hub.log"):
            reached = _watch(run, capture)
        arrived = capture.received().values()
    return Evidence(
        packets=capture.packets(),
        arrived=Count(sum(each.packets for each in arrived), sum(each.bytes for each in arrived)),
        files=tuple(str(file) for file in folder.rglob(LEFT_BEHIND)),
        seconds=time.monotonic() - began,
        reached=reached,
        keeps_ledger=run.keeps_ledger,
        ledger=_ledger(state(folder) / FILE),
        last_words=_last_line(folder / "hub.log"),
    )


def _last_line(log: Path) -> str:
    """What can be shown of it: a hostile program may print anything."""
    lines = log.read_text(errors="replace").split("\n")
    last = next((line for line in reversed(lines) if line.strip()), "")
    return "".join(filter(str.isprintable, last)).strip(" ·")[:_SHOWN]


def _ledger(file: Path) -> int | None:
    """What the hub itself has noted of its bytes, to whomever but its satellite, of whose only a
    rounded number is told. Raises LedgerUnreadable.
    """
    if not file.exists():
        return None
    noted = entries(file, since=0)
    return sum(e.traffic.bytes_out for e in noted if e.destination.address != SATELLITE)


def _broker(lan: str, folder: Path) -> tuple[str, ...]:
    """A Mosquitto that anybody may use."""
    file = folder / "mosquitto.conf"
    lines = (f"listener {BROKER_PORT} {BROKER}", "allow_anonymous true", "persistence false")
    file.write_text("\n".join((*lines, "user root", "")))
    return (*network.inside(lan), program("mosquitto"), "-c", str(file))


@contextmanager
def _running(words: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[None]:
    """A program for as long as this context; then it and all it started are ended."""
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own words
            words, env=environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _watch(run: Run, capture: Capture) -> bool:
    """Until what was waited for is seen on the wire, and `linger` longer; whether it was."""
    deadline = time.monotonic() + run.patience
    while not (reached := run.until(capture.packets())) and time.monotonic() < deadline:
        time.sleep(_LOOK)
    time.sleep(run.linger)
    return reached
