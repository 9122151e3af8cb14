"""Streams that go well, end, break, are silent or hold rubbish: told plainly, tried again."""

import io
import os
import signal
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.container import InputContainer
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vision.sources.camera import body, camera, film, jpeg, mjpeg
from vision.sources import film as films
from vision.sources import network, v4l2
from vision.sources.picture import pixels
from vision.sources.slot import Decoded, Lost
from vision.sources.stream import Source, Stream, plain, wait_before

PASSWORD = "hunter2"
SHOWS = "for n in 1 2 3 4 5 6 7 8 9; do cat {}/one.jpg; sleep 0.2; done\n"


ended: list[bool] = []


@pytest.fixture(autouse=True)
def no_decoder_outlives_its_test() -> Iterator[None]:
    """A stream lasts as long as its process, which here goes on with other tests."""
    ended.clear()
    yield
    ended.append(True)


def started(source: Source) -> Stream:
    def opened() -> InputContainer:
        if ended:
            threading.Event().wait()
        return source.open()

    stream = Stream(replace(source, open=opened))
    stream.start()
    return stream


def until(stream: Stream, kind: type[Decoded] | type[Lost], seconds: float = 15.0) -> object:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = stream.slot.take(0.5)
        if isinstance(found, kind):
            return found
    raise AssertionError(f"no {kind.__name__} in {seconds} s")


def picture(stream: Stream) -> np.ndarray:
    found = until(stream, Decoded)
    assert isinstance(found, Decoded)
    return pixels(found.frame)


def reason(stream: Stream) -> str:
    found = until(stream, Lost)
    assert isinstance(found, Lost)
    return found.reason


def test_mjpeg_gives_the_newest_and_counts_what_nobody_saw() -> None:
    with camera(mjpeg(*(jpeg(b) for b in (40, 120, 200)))) as standing:
        stream = started(Source(network.opener(standing.url)))
        shown = picture(stream)
        assert shown.shape == (48, 64, 3)
        time.sleep(0.7)
        picture(stream)
        assert stream.slot.dropped > 5


def test_a_snapshot_is_asked_for_again() -> None:
    with camera(body(jpeg(40))) as standing:
        stream = started(Source(network.opener(standing.url), fps=5))
        assert round(picture(stream).mean() / 10) == 4
        standing.serve = body(jpeg(200))
        deadline = time.monotonic() + 10
        while picture(stream).mean() < 150:
            assert time.monotonic() < deadline
        assert stream.restarts == 0


def test_one_that_goes_away_is_tried_again() -> None:
    with camera(mjpeg(jpeg(90))) as standing:
        stream = started(Source(network.opener(standing.url)))
        picture(stream)
        standing.serve = body(b"", status=503)
        standing.close()
        port = standing.port
    again = started(Source(network.opener(f"http://127.0.0.1:{port}/", 2.0)))
    assert reason(again) == "The camera does not answer."
    assert again.restarts == 1


@pytest.mark.parametrize("damaged", [os.urandom(900), jpeg(90, 640, 480)[:900]])
def test_one_damaged_picture_is_left_out(damaged: bytes) -> None:
    with camera(mjpeg(*[jpeg(90)] * 4, damaged, pause=0.02)) as standing:
        stream = started(Source(network.opener(standing.url)))
        for _ in range(30):
            picture(stream)
            time.sleep(0.03)
        assert (stream.restarts, standing.asked) == (0, 1)


def test_nothing_but_damaged_pictures_is_broken() -> None:
    with camera(mjpeg(jpeg(90, 640, 480)[:300], pause=0.01)) as standing:
        assert "no picture" in reason(started(Source(network.opener(standing.url, 3.0))))


def test_pictures_may_change_their_size() -> None:
    with camera(mjpeg(jpeg(90), jpeg(90, 32, 80), jpeg(90, 1, 1), pause=0.05)) as standing:
        stream = started(Source(network.opener(standing.url)))
        seen = {picture(stream).shape for _ in range(12)}
    assert {(48, 64, 3), (80, 32, 3), (1, 1, 3)} <= seen
    assert stream.restarts == 0


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_picture_that_says_how_it_was_held_is_upright(orientation: int) -> None:
    half = np.zeros((40, 80, 3), np.uint8)
    half[:, :40] = 255
    plain_jpeg = cv2.imencode(".jpg", half)[1].tobytes()
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + bytes(4)
    head = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    turned = plain_jpeg[:2] + head + plain_jpeg[2:]
    expected = cv2.imdecode(np.frombuffer(turned, np.uint8), cv2.IMREAD_COLOR)
    with av.open(io.BytesIO(turned), "r") as film_:
        found = pixels(next(film_.decode(video=0)))
    assert expected is not None
    assert found.shape == expected.shape
    assert np.abs(found.astype(int) - expected).mean() < 8


def test_old_losses_are_forgotten() -> None:
    stream = Stream(Source(lambda: av.open(io.BytesIO(), "r")))
    assert [stream._wait(now) for now in (0.0, 1.0, 3.0)] == [1, 2, 4]
    stream._good_since = 10.0
    assert stream._wait(69.0) == 8
    stream._good_since = 80.0
    assert stream._wait(86_400.0) == 1


def silent(_: object) -> None:
    time.sleep(30)


@pytest.mark.parametrize(
    ("serve", "words"),
    [
        (body(b"no", "text/plain", 401), "username and password"),
        (body(b"no", "text/plain", 404), "nothing at this address"),
        (body(b"no", "text/plain", 500), "does not answer"),
        (body(os.urandom(5_000), "video/mp4"), "no picture"),
        (silent, "Nothing has come"),
    ],
)
def test_what_is_wrong_is_told_without_saying_where(
    serve: Callable[[object], None], words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with camera(serve) as standing:
        url = standing.url.replace("http://", f"http://me:{PASSWORD}@")
        told = reason(started(Source(network.opener(url, 1.5))))
    assert words in told
    said = "".join(capfd.readouterr()) + told
    assert PASSWORD not in said
    assert "127.0.0.1" not in said


def test_a_film_begins_again_and_is_paced(tmp_path: Path) -> None:
    pictures = [np.full((48, 64, 3), 30 + 20 * n, np.uint8) for n in range(8)]
    file = film(tmp_path / "film.mp4", pictures, fps=20)
    opened = films.opener(file)
    stream = started(Source(opened, paced=True))
    began = time.monotonic()
    seen = 0
    while seen < 20:
        picture(stream)
        seen += 1
    assert time.monotonic() - began > 0.6
    assert stream.restarts == 0


def test_a_large_picture_is_made_smaller_and_a_small_one_is_not(tmp_path: Path) -> None:
    for size, shape in (((1440, 2560), (720, 1280, 3)), ((2, 2), (2, 2, 3))):
        file = film(tmp_path / f"{size[0]}.mp4", [np.full((*size, 3), 99, np.uint8)] * 2)
        assert picture(started(Source(films.opener(file), paced=True))).shape == shape


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 3_000))
def test_rubbish_and_cut_files_raise_nothing(rubbish: bytes, cut: int) -> None:
    """Whatever the bytes are, there are pictures or a reason."""
    base = Path(os.environ.get("TMPDIR", "/tmp")) / f"inglenook-{os.getpid()}.mp4"
    whole = film(base, [np.full((48, 64, 3), 99, np.uint8)] * 3).read_bytes()
    for content in (rubbish, whole[:cut] + rubbish, rubbish + whole):
        base.write_bytes(content)
        stream = Stream(Source(films.opener(base)))
        _, why = stream._play()
        assert isinstance(why, str)
    base.unlink()


def test_tries_become_rare() -> None:
    assert [wait_before(tuple(range(n)), 10.0) for n in range(5)] == [0, 1, 2, 4, 8]
    assert wait_before((0.0, 1.0, 3.0, 7.0, 15.0), 16.0) == 44.0
    assert wait_before((0.0, 1.0, 3.0, 7.0, 55.0), 61.0) == 16.0


def test_a_device_that_is_not_there(tmp_path: Path) -> None:
    for device in (str(tmp_path / "video9"), v4l2.LIBCAMERA):
        with pytest.raises(v4l2.NoCamera):
            v4l2.opener(device, 5.0)
    assert plain(KeyError("secret")) == "The stream has broken off."


def test_libcamera_is_read_from_its_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in gives MJPEG on its standard output, as rpicam-vid does."""
    (tmp_path / "one.jpg").write_bytes(jpeg(77) * 30)
    program = tmp_path / "rpicam-vid"
    program.write_text(f"#!/bin/sh\n{SHOWS.format(tmp_path)}")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    stream = started(Source(v4l2.opener(v4l2.LIBCAMERA, 5.0)))
    assert picture(stream).mean() == pytest.approx(77, abs=3)


def test_libcameras_program_ends_with_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that would write on and on is ended by the kernel once nobody reads."""
    (tmp_path / "one.jpg").write_bytes(jpeg(77) * 30)
    program = tmp_path / "rpicam-vid"
    program.write_text(f"#!/bin/sh\ngrep SigIgn /proc/$$/status > {tmp_path}/ignored\n")
    with program.open("a") as more:
        more.write(SHOWS.format(tmp_path))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    picture(started(Source(v4l2.opener(v4l2.LIBCAMERA, 5.0))))
    ignored = int((tmp_path / "ignored").read_text().split()[1], 16)
    assert not ignored >> (signal.SIGPIPE - 1) & 1
