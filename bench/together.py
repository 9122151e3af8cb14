"""Speech while cameras are watched: the end of speech to the intent, with two cameras and without.

`python -m bench.together [--commands 12] [--json]`. The real hub hears commands in its own voice
from a null sink of a private PulseAudio; in every second run it watches two cameras besides
(bench.camera, people cross all the time). Seconds are those that the hub publishes of each turn.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import yaml
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from bench.eyes import NotReady, camera
from bench.figures import median, percentile, show
from hub.shelf.shelf import models_folder
from tests.audio.pulse import Pulse, missing_tools, pulse
from tests.hub.recordings import pause, spoken, write
from tests.mosquitto import free_port

_SENTENCES = (
    "Hey Jarvis, turn on the kitchen light.",
    "Hey Jarvis, turn off the kitchen light.",
    "Hey Jarvis, turn on the bedroom lamp.",
    "Hey Jarvis, what time is it?",
)
_ROUNDS = 2
_PATIENCE = 60.0


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """`n` turns; seconds from the end of speech to the intent."""

    cameras: int
    n: int
    p50: float | None
    p95: float | None


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.together")
    parser.add_argument("--commands", type=int, default=12, help="in each of four runs")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if tools := missing_tools():
        print(f"Missing: {', '.join(tools)}. Run: script/setup test", file=sys.stderr)
        return 1
    try:
        rows = measure(args.commands)
    except NotReady as error:
        print(error, file=sys.stderr)
        return 1
    if args.json:
        for row in rows:
            print(msgspec.json.encode(row).decode())
    else:
        show(Row.__struct_fields__, [msgspec.structs.astuple(row) for row in rows])
    return 0


def measure(commands: int) -> list[Row]:
    """Raises NotReady."""
    heard: dict[int, list[float]] = {0: [], 2: []}
    for _ in range(_ROUNDS):
        for cameras in (0, 2):
            heard[cameras] += _run(cameras, commands)
    return [
        Row(cameras=n, n=len(each), p50=median(each), p95=percentile(each, 0.95))
        for n, each in heard.items()
    ]


def _run(cameras: int, commands: int) -> list[float]:
    ports = [free_port() for _ in range(cameras)]
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "sound").mkdir()
        server = stack.enter_context(pulse(folder / "sound"))
        for number, port in enumerate(ports):
            stack.enter_context(camera(port, "moving", number))
        files = [
            write(folder / f"{n}.wav", pause(0.5), spoken(each), pause(0.5))
            for n, each in enumerate(_SENTENCES)
        ]
        turns = stack.enter_context(_hub(server, folder, ports))
        for number in range(commands):
            before = len(turns)
            server.play(files[number % len(files)])
            deadline = time.monotonic() + 10
            while len(turns) == before and time.monotonic() < deadline:
                time.sleep(0.05)
            time.sleep(3.0)  # the reply
        return list(turns)


@contextlib.contextmanager
def _hub(server: Pulse, folder: Path, ports: list[int]) -> Iterator[list[float]]:
    """Seconds of each turn, as they come. Raises NotReady."""
    port = free_port()
    settings = {
        "node": "bench",
        "mqtt": {"port": port},
        "cameras": {f"c{n}": {"url": f"http://127.0.0.1:{each}/"} for n, each in enumerate(ports)},
    }
    config = folder / "inglenook.yaml"
    config.write_text(yaml.safe_dump(settings))
    environment = {
        **server.environment,
        "INGLENOOK_MODELS": str(models_folder(os.environ)),
        "INGLENOOK_STATE": str(folder / "state"),
        "XDG_RUNTIME_DIR": str(folder),
    }
    command = [sys.executable, "-m", "hub", "run", "--config", str(config)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    turns: list[float] = []
    states: dict[str, str] = {}

    def take(_client: object, _data: object, message: MQTTMessage) -> None:
        told, name = json.loads(message.payload), message.topic.rpartition("/")[2]
        if name == "latency":
            turns.append(told["ms"] / 1000)
        states[name] = told.get("condition") or told.get("state") or ""

    client = Client(CallbackAPIVersion.VERSION2)
    client.on_message = take
    client.on_connect = lambda to, *_: to.subscribe("inglenook/bench/state/#", 1)
    try:
        _wait(client, port, states, len(ports))
        turns.clear()
        yield turns
    finally:
        client.loop_stop()
        process.terminate()
        process.wait(10)


def _wait(client: Client, port: int, states: dict[str, str], cameras: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            client.connect("127.0.0.1", port)
            break
        except OSError:
            time.sleep(0.2)
    client.loop_start()
    while time.monotonic() < deadline:
        watching = sum(state == "watching" for state in states.values())
        if states.get("assist") == "idle" and watching == cameras:
            time.sleep(3.0)
            return
        time.sleep(0.1)
    raise NotReady(f"The hub is not ready: {states}.")


if __name__ == "__main__":
    sys.exit(main())
