"""A camera at this machine by Video4Linux, and a Raspberry Pi's by libcamera's own program.

Opened once, before the process is closed; lost, it is opened by a new process. Not run on hardware:
there was none. FFmpeg reads the device; `rpicam-vid` (or its older name) gives MJPEG on a pipe.
"""

import io
import os
import shutil
import signal
from collections.abc import Callable

import av
from av.container import InputContainer

LIBCAMERA = "libcamera"
_PROGRAMS = ("rpicam-vid", "libcamera-vid")
_WIDTH, _HEIGHT = 1280, 720


class NoCamera(Exception):
    """There is none, or it cannot be opened; plain words say what to do."""


def opener(device: str, fps: float) -> Callable[[], InputContainer]:
    """Raises NoCamera."""
    opened = [_libcamera(fps) if device == LIBCAMERA else _v4l2(device, fps)]

    def open_() -> InputContainer:
        if not opened:
            raise ConnectionResetError  # only a new process may open it again
        return opened.pop()

    return open_


def _v4l2(device: str, fps: float) -> InputContainer:
    options = {"video_size": f"{_WIDTH}x{_HEIGHT}", "framerate": f"{max(1, round(fps))}"}
    for chosen in (options, {}):
        try:
            return av.open(device, format="v4l2", options=chosen)
        except av.error.FFmpegError:
            continue
    raise NoCamera(f"The camera {device} cannot be opened: is it plugged in, or used by another?")


def _libcamera(fps: float) -> InputContainer:
    program = next((found for each in _PROGRAMS if (found := shutil.which(each))), None)
    if program is None:
        raise NoCamera("This system has no rpicam-vid: install rpicam-apps-lite.")
    size = ("--width", str(_WIDTH), "--height", str(_HEIGHT), "--framerate", f"{fps:g}")
    words = (program, "-n", "-t", "0", "--codec", "mjpeg", *size, "-o", "-")
    ours, theirs = os.pipe()
    quiet = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    out = (os.POSIX_SPAWN_DUP2, theirs, 1)
    # Python ignores SIGPIPE, and a program that it starts would too: it must end with its reader.
    ending = [signal.SIGPIPE]
    os.posix_spawn(program, words, os.environ, file_actions=[out, quiet], setsigdef=ending)
    os.close(theirs)
    try:
        return av.open(Pipe(ours), "r", format="mjpeg")
    except av.error.FFmpegError as error:
        raise NoCamera("The camera of this Raspberry Pi gives no picture.") from error


class Pipe(io.RawIOBase):
    """What a program writes, as FFmpeg reads it."""

    def __init__(self, fd: int) -> None:
        super().__init__()
        self._fd = fd

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        return os.read(self._fd, size if size >= 0 else 1 << 20)
