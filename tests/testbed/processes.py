"""Real processes for tests: a free port, a start that is waited for, an end that is one."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from tests.testbed.installation import Missing


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, seconds: float
) -> None:
    """Raises RuntimeError with the end of the log if the process ends or is not ready in time."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-20:])
            raise RuntimeError(f"{process.args!r} is not ready after {seconds:.0f} s:\n{tail}")
        time.sleep(0.1)


def spawn(
    command: Sequence[str], log: Path, environ: Mapping[str, str] = MappingProxyType({})
) -> subprocess.Popen[bytes]:
    """`environ`: besides ours."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command, env={**os.environ, **environ}, stdout=output, stderr=subprocess.STDOUT
        )


def end(process: subprocess.Popen[bytes], seconds: float = 30.0) -> None:
    """Asked to end first, killed if it does not."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def find_mosquitto() -> str:
    """Raises Missing."""
    program = shutil.which("mosquitto", path="/usr/local/sbin:/usr/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        raise Missing("There is no Mosquitto, a real broker for tests: apt install mosquitto.")
    return program


def start_mosquitto(program: str, folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Answers on 127.0.0.1 when this returns; its settings and log lie in the folder."""
    settings = folder / "mosquitto.conf"
    settings.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\n", "utf-8"
    )
    log = folder / "mosquitto.log"
    process = spawn([program, "-c", str(settings)], log)
    wait_until(lambda: _listens(port), process, log, 10.0)
    return process


def _listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0
