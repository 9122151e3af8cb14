"""What the launcher does with cameras that are wrong, or do not obey."""

import sys
import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from hub.eyes.launching import cameras
from hub.eyes.section import CameraSection
from hub.eyes.settings import Camera, EyeSettings, SecretPlace, Source
from hub.settings import EngineChoice, from_memory, in_memory

DISOBEYS = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True)"


def porch(password: SecretPlace | None = None) -> Camera:
    settings = EyeSettings(
        camera="porch",
        source=Source(kind="file", place="film.mp4"),
        detect=EngineChoice(engine="yolox"),
    )
    return Camera(settings=settings, password=password)


def test_an_eye_that_does_not_end_is_killed() -> None:
    program = (sys.executable, "-c", f"{DISOBEYS}; time.sleep(60)")
    family = cameras((porch(),), {"eye.porch": program})
    family.watch(("porch",))
    eye = family.all["porch"].eye
    family.all["porch"].start(time.monotonic(), lambda *_: None)
    assert eye.process
    time.sleep(1)
    family.watch(())
    assert eye.killed_at is not None
    eye.insist(eye.killed_at - 0.1)
    time.sleep(0.2)
    assert eye.process.poll() is None
    eye.insist(eye.killed_at)
    assert eye.process.wait(5) == -9


def test_a_password_that_is_no_text_is_told_plainly(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_bytes(b"\xff\xfe")
    family = cameras((porch(SecretPlace(file=str(file))),), {})
    family.watch(("porch",))
    family.all["porch"].start(0.0, lambda *_: None)
    assert family.all["porch"].eye.process is None
    assert family.all["porch"].eye.retry_at == 15.0


@pytest.mark.parametrize(
    "url", ["rtsp://cam:abc/x", "rtsp://cam:99999/", "rtsp://cam:0/", "rtsp:///x", "http://[::1/"]
)
def test_a_url_that_leads_nowhere_is_refused_before_anything_starts(url: str) -> None:
    with pytest.raises(ValidationError, match="needs a host"):
        CameraSection(url=url)


def test_settings_pass_in_memory() -> None:
    settings = porch().settings
    assert from_memory(in_memory(settings), EyeSettings) == settings
