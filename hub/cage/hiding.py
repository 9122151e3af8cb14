"""Hides microphones, loudspeakers, cameras and enrolments from a process that has the network, and
the light that says whether anything hears.

In a mount namespace of its own: /dev with only the harmless devices, also for what is plugged in
later, and nothing where a sound server's socket lies. What it does not close: a sound server that
listens on TCP, or one that puts its socket elsewhere later than the house starts.
To be called while the process has one thread.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from hub.cage.kernel import mount
from hub.cage.namespaces import new_mounts
from hub.paths import enrolments_folder

_KEPT = ("null", "zero", "full", "random", "urandom", "tty", "pts", "ptmx", "shm")
_NAME = "inglenook-dev"
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000
_NO_SUID, _NO_EXEC = 2, 8


def hide_devices(environment: Mapping[str, str]) -> None:
    """Raises OSError where no mount namespace is allowed."""
    new_mounts()
    mount("none", "/", "none", _RECURSIVE | _PRIVATE)
    sockets = tuple(sound_servers(environment))
    kept = {name: os.open(f"/dev/{name}", os.O_PATH) for name in _KEPT if _is_there(name)}
    mount(_NAME, "/dev", "tmpfs", _NO_SUID | _NO_EXEC, "mode=755,size=64k")
    for name, fd in kept.items():
        _show(name, fd)
    for path in (*sockets, *_enrolments(), *lights()):
        _cover(path)


def _enrolments() -> Iterator[Path]:
    """People's voices and faces, with their keys; made now, to be covered from the start."""
    folder = enrolments_folder()
    with suppress(OSError):  # where nothing can be made, nothing can be kept
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_dir():
        yield folder


def lights(root: Path = Path("/")) -> Iterator[Path]:
    """Where each really lies: a light that says "muted" is lit by the launcher alone."""
    for each in (root / "sys/class/leds").glob("*"):
        yield each.resolve()


def sound_servers(environment: Mapping[str, str]) -> Iterator[Path]:
    """Where sockets of PulseAudio and PipeWire are now."""
    runtime = Path(environment.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}"))
    usual = [runtime / "pulse", Path("/run/pulse"), *runtime.glob("pipewire-*")]
    named = environment.get("PULSE_SERVER", "").removeprefix("unix:")
    own = environment.get("PULSE_RUNTIME_PATH")
    if named.startswith("/"):
        usual.append(Path(named))
    if own:
        usual.append(Path(own, "native"))
    yield from (path for path in usual if path.exists())


def _is_there(name: str) -> bool:
    return Path("/dev", name).exists()


def _show(name: str, fd: int) -> None:
    place = Path("/dev", name)
    if Path(f"/proc/self/fd/{fd}").is_dir():
        place.mkdir()
    else:
        place.touch()
    mount(f"/proc/self/fd/{fd}", str(place), "none", _BIND | _RECURSIVE)
    os.close(fd)


def _cover(path: Path) -> None:
    if path.is_dir():
        mount("inglenook-nothing", str(path), "tmpfs", _NO_SUID | _NO_EXEC, "mode=700,size=4k")
    else:
        mount("/dev/null", str(path), "none", _BIND)
