"""Many satellites at one hub: what they cost while nobody speaks, and how fast one is answered.

`python -m bench.satellites [--counts 1 5 10] [--seconds 30] [--commands 8] [--json]`. The real hub,
and satellites that stream all the time, as wyoming-satellite does without a wake word of its own.
Seconds are from the last sample that a satellite sent of a command to its intent on MQTT: silence,
recognition and this machine's network. The satellites run in this process, which is not counted.
"""

import argparse
import contextlib
import itertools
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from audio.frames import Pcm
from bench.figures import median, percentile, show
from bench.processes import cpu_seconds, members, pss_mb
from tests.hub.recordings import spoken
from tests.hub.running import RunningHub, wait_until
from tests.hub.satellites.standin import Satellite
from tests.hub.subscriber import Subscriber
from tests.mosquitto import free_port

_COMMANDS = (
    ("Hey Jarvis, turn on the kitchen light.", "HassTurnOn"),
    ("Hey Jarvis, turn off the kitchen light.", "HassTurnOff"),
)
_LOUD = 300
"""Of 32,768: what is quieter is no longer speech."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """`cpu_percent` of one core, of all processes of the hub, while all stream and nobody speaks;
    `senses_percent` of that in the process that hears. `lost`: samples that came too late.
    """

    satellites: int
    cpu_percent: float
    senses_percent: float
    pss_mb: float
    n: int
    answered: int
    p50: float | None
    p95: float | None
    lost: int


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.satellites")
    parser.add_argument("--counts", type=int, nargs="+", default=[1, 5, 10])
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--commands", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = [measured(count, args.seconds, args.commands) for count in args.counts]
    if args.json:
        for row in rows:
            print(msgspec.json.encode(row).decode())
    else:
        show(Row.__struct_fields__, [msgspec.structs.astuple(row) for row in rows])
    return 0


def measured(count: int, seconds: float, commands: int) -> Row:
    with contextlib.ExitStack() as stack:
        satellites = [Satellite() for _ in range(count)]
        for each in satellites:
            stack.callback(each.stop)
        hub, others = stack.enter_context(_hub(satellites))
        before = _cpu(hub)
        time.sleep(seconds)
        spent = {name: now - before.get(name, 0.0) for name, now in _cpu(hub).items()}
        memory = sum(pss_mb(pid) for pid in members(_launcher(hub)))
        times = list(_answers(satellites, others, commands))
        return Row(
            satellites=count,
            cpu_percent=round(100 * sum(spent.values()) / seconds, 1),
            senses_percent=round(100 * spent["senses"] / seconds, 1),
            pss_mb=round(memory),
            n=commands,
            answered=len(times),
            p50=median(times),
            p95=percentile(times, 0.95),
            lost=int(str(others.last("state/health").get("samples_dropped", 0))),
        )


@contextlib.contextmanager
def _hub(satellites: list[Satellite]) -> Iterator[tuple[RunningHub, Subscriber]]:
    port = free_port()
    keys = [f"room_{number}" for number in range(len(satellites))]
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "node": "bench",
            "mqtt": {"port": port},
            "microphone": {"source": "none"},
            "speaker": {"file": str(Path(folder) / "replies.wav")},
            "satellites": {
                key: {"host": "127.0.0.1", "port": each.port}
                for key, each in zip(keys, satellites, strict=True)
            },
        }
        hub = RunningHub(Path(folder) / "hub", settings)
        try:
            hub.wait_for_text("Started an MQTT broker", 60)
            with Subscriber(port, "bench") as others:
                others.wait_for("state/assist", 120, state="idle")
                others.wait_for("state/satellites", 60, connected=dict.fromkeys(keys, True))
                time.sleep(3)
                yield hub, others
        finally:
            hub.stop()


def _answers(satellites: list[Satellite], others: Subscriber, commands: int) -> Iterator[float]:
    """Seconds of each that was answered; each room in turn."""
    rooms, said = itertools.cycle(satellites), itertools.cycle(_COMMANDS)
    for _ in range(commands):
        room, (sentence, intent) = next(rooms), next(said)
        events, sounds = len(others.all("event/command")), len(room.said_at)
        room.hear(_to_its_last_sound(spoken(sentence)))
        with contextlib.suppress(AssertionError):
            wait_until(lambda: len(others.all("event/command")) > events, 20)  # noqa: B023 - now
            now = time.monotonic()
            if json.loads(others.all("event/command")[-1]).get("intent") == intent:
                yield now - room.said_at[sounds]
        time.sleep(3.0)


def _to_its_last_sound(pcm: Pcm) -> Pcm:
    loud = np.flatnonzero(np.abs(pcm) > _LOUD)
    return pcm[: loud[-1] + 1]


def _cpu(hub: RunningHub) -> dict[str, float]:
    """Seconds so far, by role."""
    found: dict[str, float] = {}
    for pid, name in members(_launcher(hub)).items():
        found[name] = found.get(name, 0.0) + cpu_seconds(pid)
    return found


def _launcher(hub: RunningHub) -> int:
    """`run` becomes the launcher."""
    return hub.process.pid


if __name__ == "__main__":
    raise SystemExit(main())
