"""Where a Home Assistant that runs is: a virtual environment built here once, or a chroot."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.testbed.requirements import DOMAINS, requirements

VERSION = "2025.4.4"
"""The newest release that every Python 3.13 can install."""
PYTHON = (3, 13)


_WANTED = " ".join(sorted(DOMAINS))
"""What is in it; kept beside it, for a later version may want more."""


class Missing(Exception):
    """What the machine lacks, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Installation:
    command: tuple[str, ...]
    """Starts Home Assistant; it wants `-c` and the folder as named by `seen`."""
    root: Path | None = None
    """Of the chroot it runs in."""

    def new_folder(self) -> Path:
        """For a configuration: somewhere that can be seen from inside."""
        inside = self.root / "srv" if self.root else None
        return Path(tempfile.mkdtemp(prefix="inglenook-home-assistant-", dir=inside))

    def seen(self, folder: Path) -> str:
        """The same folder as named from inside."""
        return f"/{folder.relative_to(self.root)}" if self.root else str(folder)


def installation() -> Installation:
    """Raises Missing. The first time it builds the environment, which takes up to some minutes."""
    if named := os.environ.get("INGLENOOK_HOME_ASSISTANT_ROOT"):
        root = Path(named).resolve()
        if os.geteuid() != 0 or not (root / "opt/ha/bin/hass").exists():
            raise Missing(f"{root} is no root made by tests/testbed/chroot.sh, or we are not root.")
        return _in_chroot(root)
    python = _python()
    if python is None:
        return _built_chroot()
    home = cache_folder() / f"homeassistant-{VERSION}"
    home.mkdir(parents=True, exist_ok=True)
    with alone(home / "lock"):
        if not (home / "complete").exists():
            _build(home / "venv", python)
        if not _is_complete(home / "complete"):
            _require(home / "venv")
            (home / "complete").write_text(_WANTED, "utf-8")
    return Installation((str(home / "venv/bin/hass"),))


def _in_chroot(root: Path) -> Installation:
    return Installation(("chroot", str(root), "/opt/ha/bin/hass"), root)


def _built_chroot() -> Installation:
    """The current Home Assistant on a newer Debian of its own: for root alone. Raises Missing."""
    if os.geteuid() != 0:
        wanted = ".".join(map(str, PYTHON))
        raise Missing(
            f"No Python {wanted} on PATH or in ~/.pyenv that runs, so nothing is tested against a "
            f"real Home Assistant: install python{wanted} with its venv, or run the tests as root."
        )
    root = cache_folder() / "homeassistant-root"
    root.parent.mkdir(parents=True, exist_ok=True)
    with alone(root.with_suffix(".lock")):
        if not _is_complete(root / "opt/ha/complete"):
            if shutil.which("mmdebstrap") is None:
                subprocess.run(["apt-get", "install", "-q", "-y", "mmdebstrap"], check=True)
            environ = {**os.environ, "PATH": f"{Path(sys.prefix) / 'bin'}:{os.environ['PATH']}"}
            script = Path(__file__).with_name("chroot.sh")
            subprocess.run(["bash", str(script), str(root)], check=True, env=environ)
            (root / "opt/ha/complete").write_text(_WANTED, "utf-8")
    return _in_chroot(root)


def _is_complete(mark: Path) -> bool:
    return mark.exists() and mark.read_text("utf-8") == _WANTED


def cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "inglenook-test"


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Two test runs must not build the same environment at once."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _python() -> str | None:
    """The first of PATH or pyenv that really runs."""
    wanted = ".".join(map(str, PYTHON))
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    pyenv = sorted(versions.glob(f"{wanted}.*/bin/python{wanted}"))
    candidates = (sys.executable, f"python{wanted}", *map(str, pyenv))
    return next((python for python in candidates if _runs(python)), None)


def _runs(python: str) -> bool:
    """A wrapper of pyenv may stand on PATH and not run, so only its own word counts."""
    check = f"import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != {PYTHON})"
    try:
        return (
            subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def _build(venv: Path, python: str) -> None:
    shutil.rmtree(venv, ignore_errors=True)
    subprocess.run([python, "-m", "venv", str(venv)], check=True)
    install = _installer(venv)
    subprocess.run([*install, f"homeassistant=={VERSION}"], check=True)


def _require(venv: Path) -> None:
    install = _installer(venv)
    package = next(venv.glob("lib/python3.*/site-packages/homeassistant"))
    limits = str(package / "package_constraints.txt")
    subprocess.run([*install, "-c", limits, *requirements(package)], check=True)


def _installer(venv: Path) -> list[str]:
    """uv where there is one that runs (half a minute), else pip (some minutes)."""
    inside = str(venv / "bin/python")
    for uv in (str(Path(sys.prefix) / "bin/uv"), shutil.which("uv")):
        if uv and Path(uv).exists():
            found = subprocess.run([uv, "--version"], capture_output=True, check=False)
            if found.returncode == 0:
                return [uv, "pip", "install", "--quiet", "--python", inside]
    return [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
