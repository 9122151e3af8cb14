"""The app's image without a container engine: the steps of its Dockerfile in a Debian root.

Debian's trixie stands for Home Assistant's base image, which is made of it; s6 and bashio are not
in it, so `with-contenv` is a stand-in (the environment is there already).
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.debian import Debian, new_debian

ROOT = Path(__file__).parents[2]
_ANEW = "/opt/inglenook/bin/pip install --no-deps --no-index --force-reinstall"


def built(cache: Path) -> Debian:
    """From the folder that script/app makes. The base and the packages are kept between runs."""
    folder = cache / "app"
    subprocess.run([ROOT / "script/app", folder], check=True, capture_output=True)
    text = (folder / "Dockerfile").read_text().replace("\\\n", " ")
    steps = [line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]
    system, ours = (step[1] for step in steps if step[0] == "RUN")
    environment = dict(re.findall(r"(\w+)=(\S+)", _one(steps, "ENV")))
    lock = (folder / "wheels/run.txt").read_bytes()
    name = hashlib.sha256(system.encode() + ours.encode() + lock).hexdigest()[:12]
    image = Debian(cache / f"app-root-{name}", environment)
    if not (image.root / "complete").exists():
        for old in cache.glob("app-root-*"):
            shutil.rmtree(old)
        _make(image, system)
        _do(image, ours.split("&& rm -rf /tmp/wheels", maxsplit=1)[0], folder)
        (image.root / "complete").touch()
    _do(image, f"{_ANEW} /tmp/wheels/inglenook-*.whl", folder)
    shutil.copytree(folder / "rootfs", image.root, dirs_exist_ok=True)
    return image


def _one(steps: Sequence[Sequence[str]], name: str) -> str:
    return next(step[1] for step in steps if step[0] == name)


def _make(image: Debian, system: str) -> None:
    """The packages that the Dockerfile's apt-get names, in one go with the base."""
    named = re.search(r"apt-get install [^&]*--no-install-recommends ([^&]+)", system)
    assert named
    new_debian(image.root, named[1].split(), image.environment)
    stand_in = image.root / "command/with-contenv"
    stand_in.parent.mkdir()
    stand_in.write_text('#!/bin/sh\nexec "$@"\n')
    stand_in.chmod(0o755)


def _do(image: Debian, step: str, folder: Path) -> None:
    """One RUN, with the folder's wheels where COPY puts them."""
    image.install("sh", "-ec", step, binds={folder / "wheels": "/tmp/wheels"})
