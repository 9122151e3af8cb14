"""A camera that speaks RTSP, as a process that can be killed and started again."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import missing

_PYTHON = Path("/usr/bin/python3")


class Rtsp:
    def __init__(self, port: int, film: Path, *login: str) -> None:
        self._words = [str(_PYTHON), str(Path(__file__).with_name("rtsp_server.py"))]
        self._words += [str(port), str(film), *login]
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            self._words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        assert self.process.stderr
        if self.process.stdout.readline().strip() != "ready":
            missing(f"No RTSP server: run script/setup test. {self.process.stderr.read()[-300:]}")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


@contextmanager
def rtsp(port: int, film: Path, *login: str) -> Iterator[Rtsp]:
    standing = Rtsp(port, film, *login)
    standing.start()
    try:
        yield standing
    finally:
        standing.kill()
