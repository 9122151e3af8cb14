"""What the tests try in a sealed house, and whether others can look into a process that hides.

python -m tests.hub.cage.house_inside OUT TASK FOLDER
"""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from hub.cage.escapes import try_all
from hub.cage.hiding import hide_devices
from hub.cage.kernel import mount, prctl
from hub.cage.privileges import keep_memory_private
from hub.cage.rules import Role
from hub.cage.seal import isolate, seal

STRANGER = 4242
"""A user id without any rights."""


def devices(folder: Path) -> dict[str, object]:
    """With a microphone, a camera and a light, and a sound server's socket in `folder`."""
    _furnish()
    os.environ["INGLENOOK_STATE"] = str(folder)
    keys = folder / "enrolments"
    keys.mkdir(exist_ok=True)
    (keys / "somebody.key").write_text("secret")
    isolate(Role.HOUSE, {"PULSE_SERVER": f"unix:{folder / 'native'}"})
    level = seal(Role.HOUSE).level
    return {"level": level, "keys": [each.name for each in keys.iterdir()], **_seen(folder)}


def devices_in_sight(folder: Path) -> dict[str, object]:
    _furnish()
    return _seen(folder)


def _furnish() -> None:
    """In a /dev and a /sys of our own: nothing changes for the machine."""
    hide_devices({})
    mount("light", "/sys", "tmpfs", 0)
    light = Path("/sys/devices/leds/mute")
    light.mkdir(parents=True)
    (light / "brightness").touch()
    Path("/sys/class/leds").mkdir(parents=True)
    Path("/sys/class/leds/mute").symlink_to(light)
    Path("/dev/snd").mkdir()
    Path("/dev/snd/pcmC0D0c").touch()
    Path("/dev/video0").touch()


def _seen(folder: Path) -> dict[str, object]:
    escaped = [escape.name for escape in try_all(Role.HOUSE)]
    with socket.socket(socket.AF_UNIX) as line:
        error = line.connect_ex(str(folder / "native"))
    light = Path("/sys/class/leds/mute/brightness").exists()
    return {"devices": "sound and video devices" in escaped, "server": error == 0, "light": light}


def works(folder: Path) -> dict[str, object]:
    """TCP by name, a socket for the owner, a file replaced as a whole."""
    isolate(Role.HOUSE)
    level = seal(Role.HOUSE, writes=[folder]).level
    (folder / "new").write_text("state")
    (folder / "new").rename(folder / "state")
    return {"level": level, **asyncio.run(_talk(folder))}


async def _talk(folder: Path) -> dict[str, object]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    path = folder / "socket"
    owner = await asyncio.start_unix_server(answer, path)
    async with server, owner:
        tcp = await _asked(*await asyncio.open_connection("localhost", port))
        unix = await _asked(*await asyncio.open_unix_connection(path))
    return {"tcp": tcp, "unix": unix}


async def _asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    writer.write(b"hello\n")
    answer = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return answer.decode()


def writes_elsewhere(folder: Path) -> dict[str, object]:
    """A file that it may read, its own program say, and one that is not there yet."""
    program = folder / "elsewhere" / "program"
    program.parent.mkdir()
    program.write_text("honest")
    (folder / "own").mkdir()
    isolate(Role.HOUSE)
    level = seal(Role.HOUSE, writes=[folder / "own"]).level
    (folder / "own" / "state").write_text("state")
    tried = {"change": program, "make": program.with_name("new")}
    return {"level": level, "read": program.read_text()} | {
        name: _is_written(path) for name, path in tried.items()
    }


def _is_written(path: Path) -> bool:
    try:
        path.write_text("hostile")
    except PermissionError:
        return False
    return True


def looked_into(_: Path) -> dict[str, object]:
    """Its memory, by another process of the same user: with hiding and without."""
    return {"plain": _can_look_into(_be_plain), "hidden": _can_look_into(keep_memory_private)}


def _can_look_into(prepare: Callable[[], None]) -> bool:
    ready, done = os.pipe()
    looked_at = _stranger(lambda: _wait_hidden(prepare, done))
    os.read(ready, 1)
    looker = _stranger(lambda: os.close(os.open(f"/proc/{looked_at}/mem", os.O_RDONLY)))
    _, status = os.waitpid(looker, 0)
    os.kill(looked_at, signal.SIGKILL)
    os.waitpid(looked_at, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _stranger(task: Callable[[], None]) -> int:
    """A child without any rights that does this; its status tells whether it was permitted."""
    child = os.fork()
    if child:
        return child
    if os.geteuid() == 0:
        os.setgroups(())
        os.setresgid(STRANGER, STRANGER, STRANGER)
        os.setresuid(STRANGER, STRANGER, STRANGER)
    try:
        task()
    except PermissionError:
        os._exit(1)
    os._exit(0)


def _wait_hidden(prepare: Callable[[], None], done: int) -> None:
    prepare()
    os.write(done, b".")
    signal.pause()


def _be_plain() -> None:
    """As after a start: changing the user hid it already."""
    prctl("dumpable", 1)


_ALL = (devices, devices_in_sight, works, writes_elsewhere, looked_into)
TASKS: Mapping[str, Callable[[Path], dict[str, object]]] = {task.__name__: task for task in _ALL}

if __name__ == "__main__":
    os.write(int(sys.argv[1]), json.dumps(TASKS[sys.argv[2]](Path(sys.argv[3]))).encode() + b"\n")
