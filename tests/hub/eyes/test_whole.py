"""A whole hub with real cameras: seen, told, closed, cut, and nothing of a picture anywhere."""

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.hub.eyes.rtsp import rtsp
from tests.hub.eyes.scenes import visits
from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto, free_port
from tests.vision.sources.camera import body, camera, mjpeg

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models")]
SECRET = "correct-horse-battery"
ZONES = {"front_door": {"corners": [[0.2, 0.2], [0.8, 0.2], [0.8, 1.0], [0.2, 1.0]]}}


@contextmanager
def hub(
    tmp_path: Path, models: Path, mosquitto: Mosquitto, cameras: dict[str, object]
) -> Iterator[RunningHub]:
    running = RunningHub(
        tmp_path / "hub",
        {
            "node": "test",
            "microphone": {"source": "none"},
            "speaker": {"file": str(tmp_path / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
            "cameras": cameras,
        },
        environ={"INGLENOOK_MODELS": str(models), "CAMERA_PASSWORD": SECRET},
    )
    try:
        yield running
    finally:
        running.stop()


def processes(running: RunningHub, role: str) -> list[int]:
    """Of this role, alive."""
    found = subprocess.run(
        ["pgrep", "-P", str(running.process.pid), "-f", f"hub.cage {role}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(pid) for pid in found.stdout.split()]


def occupied(others: Subscriber) -> object:
    told = others.last("state/seen_porch").get("occupied")
    return told["front_door"]["person"] if isinstance(told, dict) else None


@pytest.mark.timeout(240)
def test_rtsp_with_a_password_cut_and_closed(
    tmp_path: Path, models: Path, data: Path, mosquitto: Mosquitto
) -> None:
    port, film = free_port(), visits(data, tmp_path / "visits.mp4")
    porch = {
        "url": f"rtsp://localhost:{port}/stream",
        "username": "owner",
        "password": {"env": "CAMERA_PASSWORD"},
        "zones": ZONES,
    }
    with (
        rtsp(port, film, "owner", SECRET) as server,
        hub(tmp_path, models, mosquitto, {"porch": porch}) as running,
        Subscriber(mosquitto.port) as others,
    ):
        others.wait_for("state/camera_porch", 40, condition="watching")
        wait_until(lambda: occupied(others) is True, 30, lambda: "somebody")
        wait_until(lambda: occupied(others) is False, 30, lambda: "nobody again")
        asked = running.command("ask", "--live", "is anyone at the front door", "--json")
        assert "front door" in asked.stdout, asked.stderr
        _nothing_is_shown(running)

        server.kill()
        others.wait_for("state/camera_porch", 40, condition="blind")
        server.start()
        others.wait_for("state/camera_porch", 60, condition="watching")

        [eye] = processes(running, "eye")
        others.publish("set/camera_porch", {"v": 1, "on": False})
        others.wait_for("state/camera_porch", 10, condition="off", on=False)
        wait_until(lambda: not processes(running, "eye"), 2, lambda: "the eye's end")
        assert not processes(running, "relay")
        assert not Path(f"/proc/{eye}").exists()
        listed = running.command("cameras", "--json")
        assert json.loads(listed.stdout)[0]["condition"] == "off"

        running.kill("house")
        others.wait_for("state/camera_porch", 30, condition="off")
        assert not processes(running, "eye")
        wait_until(lambda: running.command("cameras", "on", "porch").returncode == 0, 20)
        others.wait_for("state/camera_porch", 40, condition="watching")
        for others_said in (running.said, *map(str, others.all("state/camera_porch"))):
            assert SECRET not in others_said


def _nothing_is_shown(running: RunningHub) -> None:
    """No password in the words of any of our processes; an eye has a network of its own."""
    [eye], [relay] = processes(running, "eye"), processes(running, "relay")
    for pid in (running.process.pid, eye, relay, *processes(running, "house")):
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        assert SECRET.encode() not in words
        assert b"rtsp://" not in words
    networks = {Path(f"/proc/{pid}/ns/net").readlink() for pid in (eye, relay)}
    assert len(networks) == 2
    status = Path(f"/proc/{eye}/status").read_text()
    assert "Seccomp:\t2" in status


@pytest.mark.timeout(240)
def test_mjpeg_and_snapshots_rubbish_and_no_canary_anywhere(
    tmp_path: Path, models: Path, mosquitto: Mosquitto
) -> None:
    """Noise stands for what is seen: no piece of it may be found in anything that was told."""
    noise = np.random.default_rng(7).integers(0, 256, (240, 320, 3), dtype=np.uint8)
    jpeg = cv2.imencode(".jpg", noise)[1].tobytes()
    plain = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert plain is not None
    canaries = [jpeg[600:], plain.tobytes(), base64.b64encode(jpeg[600:])]
    with (
        camera(mjpeg(jpeg, pause=0.1)) as stream,
        camera(body(jpeg)) as snapshot,
        camera(body(os.urandom(9_000), "video/mp4")) as rubbish,
        hub(
            tmp_path,
            models,
            mosquitto,
            {
                "stream": {"url": stream.url, "zones": ZONES},
                "snapshot": {"url": snapshot.url, "fps": 1},
                "rubbish": {"url": rubbish.url},
            },
        ) as running,
        Subscriber(mosquitto.port) as others,
    ):
        for key in ("stream", "snapshot"):
            others.wait_for(f"state/camera_{key}", 40, condition="watching")
        others.wait_for("state/camera_rubbish", 40, condition="blind")
        running.wait_for_text("no picture that can be read")
        time.sleep(3)
        sketch = running.command("cameras", "sketch", "stream", "--json")
        assert json.loads(sketch.stdout)["width"] == 160
        running.stop()
        told = [payload for topic in others.topics() for payload in others.all(topic)]
        kept = [f.read_bytes() for f in (tmp_path / "hub").rglob("*") if f.is_file()]
    seen = b"\n".join((running.said.encode(), *told, *kept))
    assert b"watching" in seen
    pieces = {seen[at : at + 12] for at in range(len(seen) - 11)}
    for canary in canaries:
        assert not any(canary[at : at + 12] in pieces for at in range(0, len(canary) - 12, 7))


def sealed(running: RunningHub) -> bool:
    """Whether the house knows how eye and relay are closed."""
    told = running.command("privacy", "--json").stdout
    wall = json.loads(told).get("wall") if told.startswith("{") else None
    walls = wall["processes"] if wall else {}
    levels = [wall["level"] for name, wall in walls.items() if name.endswith(".porch")]
    return len(levels) == 2 and set(levels) <= {"A", "B"}


@pytest.mark.timeout(120)
def test_a_file_that_says_what_is_closed_is_broken(
    tmp_path: Path, models: Path, mosquitto: Mosquitto
) -> None:
    """In doubt all cameras stay closed, until the owner at the machine says otherwise."""
    folder = tmp_path / "hub" / "state"
    folder.mkdir(parents=True)
    (folder / "cameras.json").write_text('{"v":1,"closed":')
    jpeg = cv2.imencode(".jpg", np.full((90, 160, 3), 90, np.uint8))[1].tobytes()
    with (
        camera(mjpeg(jpeg, pause=0.1)) as stream,
        hub(tmp_path, models, mosquitto, {"porch": {"url": stream.url}}) as running,
        Subscriber(mosquitto.port) as others,
    ):
        others.wait_for("state/camera_porch", 30, condition="off", by="machine")
        running.wait_for_text("all cameras stay closed")
        others.publish("set/camera_porch", {"v": 1, "on": True})
        time.sleep(2)
        assert not processes(running, "eye")
        assert running.command("cameras", "on").returncode == 0
        others.wait_for("state/camera_porch", 30, condition="watching")
        assert stream.asked >= 1
        running.kill("house")
        wait_until(lambda: "eye.porch" in running.command("privacy").stdout, 30)
        wait_until(lambda: sealed(running), 30, lambda: "a new house that knows the walls")
