"""A person who enrolled is known by name, where the owner wants it; who did not is not."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from hub.__main__ import main
from hub.looking import picture
from tests.hub.running import RunningHub
from tests.hub.subscriber import Subscriber
from tests.hub.test_faces import AGREED, VIEWS, turned
from tests.mosquitto import Mosquitto
from tests.vision.sources.camera import film
from vision.images import Pixels


def large(photo: Pixels) -> Pixels:
    return cv2.resize(photo, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC).astype(np.uint8)


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_who_is_there(
    tmp_path: Path,
    data: Path,
    models: Path,
    mosquitto: Mosquitto,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three people in one photograph; one of them enrolled from other views of it."""
    photo = picture(data / "vision/faces_dlib/2008_001322.jpg")
    state = tmp_path / "hub" / "state"
    files = []
    for number, view in enumerate(VIEWS):
        one = turned(large(np.ascontiguousarray(photo[120:320, 310:480])), *view)
        files.append(str(tmp_path / f"{number}.png"))
        cv2.imwrite(files[-1], cv2.cvtColor(one, cv2.COLOR_RGB2BGR))
    monkeypatch.setenv("INGLENOOK_STATE", str(state))
    assert main(["faces", "enrol", "Ada", *files, *AGREED]) == 0
    whole = large(photo)
    shown = [np.roll(whole, 3 * (n % 3), axis=1)[:750, :1000] for n in range(60)]
    camera = {
        "file": str(film(tmp_path / "film.mp4", [np.ascontiguousarray(each) for each in shown], 5)),
        "labels": ["person"],
        "faces": ["Ada"],
        "publish": {"names": True},
    }
    hub = RunningHub(
        tmp_path / "hub",
        {
            "node": "test",
            "microphone": {"source": "none"},
            "speaker": {"file": str(tmp_path / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
            "cameras": {"hall": camera},
        },
        environ={"INGLENOOK_MODELS": str(models)},
    )
    try:
        with Subscriber(mosquitto.port) as others:
            others.wait_for("state/camera_hall", 40, condition="watching")
            others.wait_for("state/seen_hall", 40, person="Ada")
            asked = hub.command("ask", "--live", "who do you see", "--json")
            assert "Ada, and 2 people I do not know" in asked.stdout, asked.stdout + asked.stderr
            listed = json.loads(hub.command("cameras", "--json").stdout)
            assert "Ada" not in json.dumps(listed)
    finally:
        hub.stop()
