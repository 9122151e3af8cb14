"""A camera is closed even when its eye hangs: nobody is told "off" while it still sees."""

import os
import signal
from pathlib import Path

import pytest

from tests.hub.eyes.test_whole import hub, processes
from tests.hub.running import wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto
from tests.vision.sources.camera import camera, jpeg, mjpeg

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models")]


@pytest.mark.timeout(120)
def test_a_hung_eye_is_ended_too(tmp_path: Path, models: Path, mosquitto: Mosquitto) -> None:
    with (
        camera(mjpeg(jpeg(90, 160, 90), pause=0.1)) as stream,
        hub(tmp_path, models, mosquitto, {"porch": {"url": stream.url}}) as running,
        Subscriber(mosquitto.port) as others,
    ):
        others.wait_for("state/camera_porch", 40, condition="watching")
        [eye] = processes(running, "eye")
        os.kill(eye, signal.SIGSTOP)
        others.publish("set/camera_porch", {"v": 1, "on": False})
        others.wait_for("state/camera_porch", 10, condition="off", on=False)
        try:
            wait_until(lambda: not processes(running, "eye"), 8, lambda: "the hung eye's end")
        finally:
            if processes(running, "eye"):
                os.kill(eye, signal.SIGKILL)
