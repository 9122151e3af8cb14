"""What the whole hub costs while nobody speaks: start to ready, CPU and memory of each process.

`python -m bench.idle [--seconds 60] [--starts 3] [--json]`. The real `inglenook run`, demo home,
embedded broker, tiny.en; its microphone hears a quiet room (noise at -60 dBFS) on a null sink of a
private PulseAudio, and it has spoken a sentence before anything is counted. The sound server is not
counted. Ready: MQTT's `state/health` says so of senses and mouth, counted from the command's start.
"""

import argparse
import contextlib
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import yaml
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from audio.files import WavSink
from audio.frames import RATE
from bench.figures import show
from bench.processes import cpu_seconds, family, pss_mb
from hub.shelf.shelf import models_folder
from integrations.payloads import Health
from tests.audio.pulse import SINK, Pulse, missing_tools, pulse

_NODE = "bench"
_SETTLE = 10.0
"""Seconds between the last word spoken and the first look."""
_LOUDNESS = 32.768
"""Standard deviation of the room's noise: -60 dBFS."""
_PATIENCE = 60.0


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """`cpu`: per cent of one core."""

    name: str
    cpu: float
    pss_mb: float


class Idle(msgspec.Struct, frozen=True, kw_only=True):
    """`start_to_ready`: median seconds of several starts, the first (which prepares) left out."""

    start_to_ready: float
    processes: list[Process]
    cpu: float
    pss_mb: float


class NotReady(Exception):
    """The hub cannot be measured."""


@dataclass(frozen=True, slots=True)
class Hub:
    process: subprocess.Popen[bytes]
    environment: Mapping[str, str]
    ready_after: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.idle")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to look")
    parser.add_argument("--starts", type=int, default=3, help="how often to start")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if tools := missing_tools():
        print(f"Missing: {', '.join(tools)}. Run: script/setup test", file=sys.stderr)
        return 1
    try:
        idle = measure(args.seconds, args.starts)
    except NotReady as error:
        print(error, file=sys.stderr)
        return 1
    if args.json:
        print(msgspec.json.encode(idle).decode())
    else:
        _report(idle)
    return 0


def measure(seconds: float, starts: int) -> Idle:
    """Raises NotReady."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sound").mkdir()
        room = _room(folder / "room.wav")
        with pulse(folder / "sound") as server, _playing(server, room):
            with running(server, folder):
                pass  # the first start speaks the sample commands and keeps them
            times = []
            for _ in range(starts - 1):
                with running(server, folder) as hub:
                    times.append(hub.ready_after)
            with running(server, folder) as hub:
                _speak(hub)
                processes = _watch(hub, seconds)
            return _idle([*times, hub.ready_after], processes)


def _idle(times: list[float], processes: list[Process]) -> Idle:
    return Idle(
        start_to_ready=round(statistics.median(times), 2),
        processes=processes,
        cpu=round(sum(each.cpu for each in processes), 2),
        pss_mb=round(sum(each.pss_mb for each in processes), 1),
    )


@contextlib.contextmanager
def running(server: Pulse, folder: Path) -> Iterator[Hub]:
    """Raises NotReady."""
    port = _free_port()
    config = folder / "inglenook.yaml"
    config.write_text(yaml.safe_dump({"node": _NODE, "mqtt": {"port": port}}))
    environment = {
        **server.environment,
        "INGLENOOK_MODELS": str(models_folder(os.environ)),
        "INGLENOOK_STATE": str(folder / "state"),
        "XDG_RUNTIME_DIR": str(folder),
    }
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "hub", "run", "--config", str(config)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_until_ready(process, port)
        yield Hub(process, environment, time.monotonic() - started)
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    """Raises NotReady."""
    ready = threading.Event()

    def look(_client: Client, _data: object, message: MQTTMessage) -> None:
        engines = msgspec.json.decode(message.payload, type=Health).engines
        if {engines.get("senses"), engines.get("mouth")} == {"ready"}:
            ready.set()

    client = Client(CallbackAPIVersion.VERSION2)
    client.on_message = look
    deadline = time.monotonic() + _PATIENCE
    while not _connected(client, port):
        if process.poll() is not None:
            raise NotReady("The hub ended before it was ready; it says why above.")
        if time.monotonic() > deadline:
            raise NotReady(f"The hub's broker was not there after {_PATIENCE:.0f} s.")
        time.sleep(0.02)
    client.subscribe(f"inglenook/{_NODE}/state/health")
    client.loop_start()
    if not ready.wait(deadline - time.monotonic()):
        raise NotReady(f"The hub did not say it was ready after {_PATIENCE:.0f} s.")
    client.disconnect()
    client.loop_stop()


def _connected(client: Client, port: int) -> bool:
    try:
        client.connect("127.0.0.1", port)
    except OSError:
        return False
    return True


def _speak(hub: Hub) -> None:
    command = [sys.executable, "-m", "hub", "say", "The kitchen light is on."]
    subprocess.run(command, env=hub.environment, check=True)
    time.sleep(_SETTLE)


def _watch(hub: Hub, seconds: float) -> list[Process]:
    processes = family(hub.process.pid)
    before = {name: cpu_seconds(pid) for name, pid in processes.items()}
    started = time.monotonic()
    time.sleep(seconds)
    took = time.monotonic() - started
    return [
        Process(
            name=name,
            cpu=round((cpu_seconds(pid) - before[name]) / took * 100, 2),
            pss_mb=round(pss_mb(pid), 1),
        )
        for name, pid in processes.items()
    ]


def _room(file: Path) -> Path:
    """A minute of a quiet room."""
    noise = np.random.default_rng(1).normal(0, _LOUDNESS, 60 * RATE)
    with WavSink(file) as sink:
        sink.play(noise.astype(np.int16), RATE)
    return file


@contextlib.contextmanager
def _playing(server: Pulse, wav: Path) -> Iterator[None]:
    """Over and over into the sink whose monitor is the microphone."""
    loop = f"while paplay --device={SINK} {wav}; do :; done"
    player = subprocess.Popen(["sh", "-c", loop], env=server.environment, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(player.pid, signal.SIGTERM)
        player.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _report(idle: Idle) -> None:
    show(
        ("process", "CPU % of a core", "PSS MB"),
        [
            *((each.name, each.cpu, each.pss_mb) for each in idle.processes),
            ("all", idle.cpu, idle.pss_mb),
        ],
    )
    print(f"start to ready: {idle.start_to_ready} s")


if __name__ == "__main__":
    sys.exit(main())
