"""The real booth, started as the launcher starts it, with its models and its seal."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self

import msgspec

from hub.config import Config
from hub.family import booth_settings
from hub.lending.messages import FromBooth, Lent
from hub.messages import State
from hub.settings import encode
from tests.hub.running import wait_until

ROOT = Path(__file__).parents[3]


class RunningBooth:
    """`port`: where it accepts. `said`: all that it has told the house."""

    def __init__(self, *, asr: bool = True, tts: bool = True, wake: bool = True) -> None:
        lent = {"asr": asr, "tts": tts, "wake": wake}
        settings = booth_settings(Config.model_validate({"wyoming": {"speech": lent}}))
        assert settings is not None
        ours, up = os.pipe()
        with socket.create_server(("127.0.0.1", 0)) as gate:
            self.port: int = gate.getsockname()[1]
            ends = (f"--up={up}", f"--down={up}", f"--parent={os.getpid()}")
            words = (encode(settings), f"--port={gate.fileno()}", *ends)
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hub.cage", "booth", *words],
                pass_fds=(gate.fileno(), up),
                cwd=ROOT,
            )
        os.close(up)
        self.said: list[FromBooth] = []
        self._reader = threading.Thread(target=self._read, args=(ours,), daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        try:
            wait_until(lambda: State(source="booth", state="ready") in self.said, 60, self._why)
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> Lent:
        """Its last count."""
        self.process.terminate()
        self.process.wait(10)
        self._reader.join(10)
        return next((each for each in reversed(self.said) if isinstance(each, Lent)), Lent())

    def _why(self) -> str:
        return f"a booth that is ready, which said {self.said}"

    def _read(self, fd: int) -> None:
        decoder = msgspec.json.Decoder(FromBooth)
        with os.fdopen(fd, "rb") as lines:
            self.said.extend(decoder.decode(line) for line in lines)
