"""What seeing costs, and how soon it is told: the real hub and two network cameras.

`python -m bench.eyes [--seconds 60] [--entries 30] [--json]`. The cameras are processes of their
own (bench.camera: 1280x720, MJPEG, 5 pictures a second), reached through their relays. Told is:
CPU, per cent of both cores, while little moves and while people cross all the time; PSS at first
and at last; and how long it takes from the first picture with somebody in a zone to the MQTT
state that says so. Microphone and loudspeaker are closed. The cameras are not counted.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import yaml
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from bench.figures import median, percentile, show
from bench.processes import cpu_seconds, members, pss_mb
from hub.shelf.shelf import models_folder
from tests.mosquitto import free_port

_CORES = 2
_SETTLE = 12.0
_PATIENCE = 60.0
_ZONE = {"door": {"corners": [[0.3, 0.2], [0.75, 0.2], [0.75, 1.0], [0.3, 1.0]]}}


class NotReady(Exception):
    """The hub cannot be measured."""


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """`cpu`: per cent of both cores, of the processes named; PSS in MB, of all."""

    scene: str
    seconds: float
    eyes: float
    relays: float
    others: float
    all: float
    pss_first: float
    pss_last: float


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    """Of `n` people who entered `told` were; seconds to the state that said so, and to the next."""

    n: int
    told: int
    p50: float | None
    p95: float | None
    left_p50: float | None
    false: int


@dataclass
class States:
    """Changes of occupancy of one camera, with seconds of time.monotonic()."""

    port: int
    key: str
    changes: list[tuple[float, bool]] = field(default_factory=list)
    conditions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.on_message = self._take
        self._client.on_connect = lambda client, *_: client.subscribe("inglenook/bench/state/#", 1)

    def start(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                self._client.connect("127.0.0.1", self.port)
            except OSError:
                if time.monotonic() > deadline:
                    raise NotReady("The hub has no broker.") from None
                time.sleep(0.2)
                continue
            break
        self._client.loop_start()

    def stop(self) -> None:
        self._client.loop_stop()
        self._client.disconnect()

    def _take(self, _client: object, _data: object, message: MQTTMessage) -> None:
        now, name = time.monotonic(), message.topic.rpartition("/")[2]
        told = json.loads(message.payload)
        if name.startswith("camera_"):
            self.conditions[name.removeprefix("camera_")] = told["condition"]
        if name == f"seen_{self.key}":
            self.changes.append((now, bool(told["occupied"]["door"]["person"])))


@contextlib.contextmanager
def camera(port: int, scene: str, seed: int) -> Iterator[list[str]]:
    """Its lines as they come."""
    words = [sys.executable, "-m", "bench.camera", str(port), scene, str(seed)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    lines = [process.stdout.readline()]
    stream = process.stdout
    threading.Thread(target=lambda: lines.extend(iter(stream.readline, "")), daemon=True).start()
    try:
        yield lines
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def hub(folder: Path, ports: Sequence[int]) -> Iterator[tuple[subprocess.Popen[bytes], States]]:
    """Until both cameras are watching. Raises NotReady."""
    port = free_port()
    cameras: Mapping[str, object] = {
        f"camera{n}": {"url": f"http://127.0.0.1:{each}/", "zones": _ZONE}
        for n, each in enumerate(ports)
    }
    config = folder / "inglenook.yaml"
    settings = {
        "node": "bench",
        "microphone": {"source": "none"},
        "speaker": {"file": str(folder / "said.wav")},
        "mqtt": {"port": port},
        "cameras": cameras,
    }
    config.write_text(yaml.safe_dump(settings))
    environment = {
        **os.environ,
        "INGLENOOK_MODELS": str(models_folder(os.environ)),
        "INGLENOOK_STATE": str(folder / "state"),
        "XDG_RUNTIME_DIR": str(folder),
    }
    command = [sys.executable, "-m", "hub", "run", "--config", str(config)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    states = States(port, "camera0")
    try:
        states.start()
        deadline = time.monotonic() + _PATIENCE
        while list(states.conditions.values()).count("watching") < len(ports):
            if time.monotonic() > deadline or process.poll() is not None:
                raise NotReady(f"The cameras do not watch: {states.conditions}.")
            time.sleep(0.1)
        yield process, states
    finally:
        states.stop()
        process.terminate()
        process.wait(10)


def cost(scene: str, seconds: float) -> Cost:
    """Raises NotReady."""
    ports = (free_port(), free_port())
    with (
        tempfile.TemporaryDirectory() as name,
        camera(ports[0], scene, 1),
        camera(ports[1], scene, 2),
        hub(Path(name), ports) as (process, _),
    ):
        time.sleep(_SETTLE)
        roles = members(process.pid)
        before = {pid: cpu_seconds(pid) for pid in roles}
        memory = sum(map(pss_mb, roles))
        time.sleep(seconds)
        used = {pid: cpu_seconds(pid) - before[pid] for pid in roles}
        after = sum(map(pss_mb, roles))
    share = 100 / seconds / _CORES

    def of(role: str) -> float:
        return round(share * sum(used[pid] for pid, its in roles.items() if its == role), 1)

    return Cost(
        scene=scene,
        seconds=seconds,
        eyes=of("eye"),
        relays=of("relay"),
        others=round(share * sum(used.values()) - of("eye") - of("relay"), 1),
        all=round(share * sum(used.values()), 1),
        pss_first=round(memory, 1),
        pss_last=round(after, 1),
    )


def entries(wanted: int) -> Entries:
    """Raises NotReady."""
    port = free_port()
    with (
        tempfile.TemporaryDirectory() as name,
        camera(port, "entries", 3) as lines,
        hub(Path(name), (port,)) as (_, states),
    ):
        time.sleep(3)
        begun = time.monotonic()
        while sum(line.startswith("out") for line in lines) < wanted + 2:
            time.sleep(0.5)
        time.sleep(3)
    moments = [
        (word, float(at)) for word, at in (line.split() for line in lines[1:] if " " in line)
    ]
    comings = [at for word, at in moments if word == "in" and at > begun][:wanted]
    goings = [at for word, at in moments if word == "out" and at > begun]
    waits, leaving = [], []
    for came in comings:
        went = next(at for at in goings if at > came)
        told = next((at for at, there in states.changes if there and came <= at <= went), None)
        if told is None:
            continue
        waits.append(told - came)
        gone = next((at for at, there in states.changes if not there and at > went), None)
        leaving.append((gone or went) - went)
    false = sum(
        there and not any(came <= at <= came + 5 for came in comings)
        for at, there in states.changes
        if comings[0] <= at <= comings[-1]
    )
    return Entries(
        n=len(comings),
        told=len(waits),
        p50=median(waits),
        p95=percentile(waits, 0.95),
        left_p50=round(statistics.median(leaving), 3) if leaving else None,
        false=false,
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.eyes")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    try:
        costs = [cost(scene, args.seconds) for scene in ("still", "moving")]
        came = entries(args.entries)
    except NotReady as error:
        print(error, file=sys.stderr)
        return 1
    if args.json:
        for each in (*costs, came):
            print(msgspec.json.encode(each).decode())
        return 0
    show(Cost.__struct_fields__, [msgspec.structs.astuple(each) for each in costs])
    print()
    show(Entries.__struct_fields__, [msgspec.structs.astuple(came)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
