"""The app's image without a container engine: the steps of its Dockerfile in a Debian root.

Only for root. Debian's trixie stands for Home Assistant's base image, which is made of it; s6 and
bashio are not in it, so `with-contenv` is a stand-in (the environment is there already).
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_OF_THE_MACHINE = ("/etc/resolv.conf", "/etc/ssl", "/etc/pip.conf")
"""How this machine reaches the place of the packages, lent to the root while it is built."""
_MIRROR = r"^URIs: *(\S+)|^deb (?:\[[^]]*\] )?(\S+)"


@dataclass(frozen=True, slots=True)
class Image:
    """A root in which the image's steps were done; `environment`: what the image sets."""

    root: Path
    environment: Mapping[str, str]

    def command(
        self, words: Sequence[str], binds: Mapping[Path, str], **environ: str
    ) -> tuple[list[str], dict[str, str]]:
        """Runs in the root, with folders of the machine bound to it; none outlives it."""
        script = ["set -e", f"mount --rbind /dev {self.root}/dev", "umask 022"]
        script += [f"mount -t proc proc {self.root}/proc", f"mount -t tmpfs run {self.root}/run"]
        script += [f"mount -t tmpfs tmp {self.root}/tmp"]
        for source, target in binds.items():
            place = self.root / target.lstrip("/")
            make = (
                f"mkdir -p {place}"
                if source.is_dir()
                else f"mkdir -p {place.parent}; touch {place}"
            )
            script += [f"[ -e {place} ] || {{ {make}; }}", f"mount --bind {source} {place}"]
        script.append(f'exec chroot {self.root} "$@"')
        full = ["unshare", "--mount", "sh", "-c", "\n".join(script), "sh", *words]
        return full, {"PATH": _PATH, **self.environment, **environ}

    def run(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        command, environment = self.command(words, {}, **environ)
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )


def built(cache: Path) -> Image:
    """From the folder that script/app makes. The base and the packages are kept between runs."""
    folder = cache / "app"
    subprocess.run([ROOT / "script/app", folder], check=True, capture_output=True)
    text = (folder / "Dockerfile").read_text().replace("\\\n", " ")
    steps = [line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]
    system, ours = (step[1] for step in steps if step[0] == "RUN")
    environment = dict(re.findall(r"(\w+)=(\S+)", _one(steps, "ENV")))
    lock = (folder / "wheels/run.txt").read_bytes()
    root = (
        cache
        / f"app-root-{hashlib.sha256(system.encode() + ours.encode() + lock).hexdigest()[:12]}"
    )
    image = Image(root, environment)
    if not (root / "complete").exists():
        _make(image, system, folder)
        _do(image, ours, folder)
        (root / "complete").touch()
    pip = "/opt/inglenook/bin/pip install --no-deps --no-index --force-reinstall"
    _do(image, f"{pip} /tmp/wheels/inglenook-*.whl", folder)
    shutil.copytree(folder / "rootfs", root, dirs_exist_ok=True)
    return image


def _one(steps: Sequence[Sequence[str]], name: str) -> str:
    return next(step[1] for step in steps if step[0] == name)


def _make(image: Image, system: str, folder: Path) -> None:
    shutil.rmtree(image.root, ignore_errors=True)
    sources = [*Path("/etc/apt/sources.list.d").glob("*.sources"), Path("/etc/apt/sources.list")]
    texts = [file.read_text() for file in sources if file.is_file()]
    found = re.search(_MIRROR, "\n".join(texts), re.MULTILINE)
    assert found, "no Debian mirror is named in /etc/apt"
    mirror = found[1] or found[2]
    stale = subprocess.run(
        ["apt-config", "dump", "Acquire::Check-Valid-Until"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    options = [f"--aptopt={stale}"] if stale else []
    base = ["mmdebstrap", "--quiet", "--variant=minbase", "--include=ca-certificates", *options]
    subprocess.run([*base, "trixie", str(image.root), mirror], check=True)
    (image.root / "command").mkdir()
    stand_in = image.root / "command/with-contenv"
    stand_in.write_text('#!/bin/sh\nexec "$@"\n')
    stand_in.chmod(0o755)
    _do(image, system.replace("update -qq", f"update -qq {_aptopt(stale)}"), folder)


def _aptopt(stale: str) -> str:
    key = stale.removesuffix(";").replace(' "', "=").rstrip('"')
    return f"-o {key}" if key else ""


def _do(image: Image, step: str, folder: Path) -> None:
    """One RUN, with the folder's wheels where COPY puts them. Its words are shown if it fails."""
    lent = {Path(p).resolve(): p for p in _OF_THE_MACHINE if Path(p).exists()}
    binds = {**lent, folder / "wheels": "/tmp/wheels"}
    environ = {
        key: value for key, value in os.environ.items() if key in ("PIP_CERT", "SSL_CERT_FILE")
    }
    last = step.split("&& rm -rf /tmp/wheels", maxsplit=1)[0]
    command, environment = image.command(["sh", "-ec", last], binds, **environ)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{step}\n{done.stdout[-2000:]}{done.stderr[-4000:]}"


@contextmanager
def running(
    image: Image, words: Sequence[str], binds: Mapping[Path, str], log: Path, **environ: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """Until the end of the context, when it is asked to end as a container is."""
    command, environment = image.command(words, binds, **environ)
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
