"""A Debian trixie in a folder, for tests of what is installed as root; only for root."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.testbed.installation import alone, cache_folder

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_OF_THE_MACHINE = ("/etc/resolv.conf", "/etc/ssl", "/etc/pip.conf")
"""How this machine reaches the place of the packages, lent to the root for an installation."""
_APPLIANCE = (
    "python3",
    "python3-venv",
    "libportaudio2",
    "systemd",
    "udev",
    "passwd",
    "avahi-daemon",
)
_LENT = ("PIP_CERT", "SSL_CERT_FILE")
_MIRROR = r"^URIs: *(\S+)|^deb (?:\[[^]]*\] )?(\S+)"


def needs_root() -> None:
    """Fails in CI, skips elsewhere, where no Debian can be made."""
    if os.geteuid() != 0 or shutil.which("mmdebstrap") is None:
        lacking = "A Debian in a folder needs root and mmdebstrap."
        pytest.fail(lacking) if os.environ.get("CI") else pytest.skip(lacking)


@dataclass(frozen=True, slots=True)
class Debian:
    """`environment`: set for every program in it."""

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def command(
        self, words: Sequence[str], binds: Mapping[Path, str], **environ: str
    ) -> tuple[list[str], dict[str, str]]:
        """Runs in the root, with folders of the machine bound to it; no mount outlives it."""
        script = ["set -e", "umask 022", f"mount --rbind /dev {self.root}/dev"]
        script += [f"mount -t proc proc {self.root}/proc", f"mount -t tmpfs run {self.root}/run"]
        script.append(f"mount -t tmpfs -o mode=1777 tmp {self.root}/tmp")
        for source, target in binds.items():
            place = self.root / target.lstrip("/")
            make = f"mkdir -p {place.parent}; touch {place}"
            make = f"mkdir -p {place}" if source.is_dir() else make
            script += [f"[ -e {place} ] || {{ {make}; }}", f"mount --bind {source} {place}"]
        script.append(f'exec chroot {self.root} "$@"')
        full = ["unshare", "--mount", "sh", "-c", "\n".join(script), "sh", *words]
        return full, {"PATH": _PATH, **self.environment, **environ}

    def run(
        self, *words: str, binds: Mapping[Path, str] | None = None, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        command, environment = self.command(words, binds or {}, **environ)
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=300, check=False
        )

    def install(self, *words: str, binds: Mapping[Path, str] | None = None) -> None:
        """As `run`, with this machine's way to the packages; its words are shown if it fails."""
        done = self.run(*words, binds={**lent(), **(binds or {})}, **lent_environ())
        assert done.returncode == 0, f"{words}\n{done.stdout[-2000:]}{done.stderr[-4000:]}"

    @contextmanager
    def running(
        self, words: Sequence[str], binds: Mapping[Path, str], log: Path, **environ: str
    ) -> Iterator["subprocess.Popen[bytes]"]:
        """Until the end of the context, when it is asked to end as a service is."""
        command, environment = self.command(words, binds, **environ)
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, env=environment, stdout=out, stderr=subprocess.STDOUT
            )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def lent() -> dict[Path, str]:
    return {Path(each).resolve(): each for each in _OF_THE_MACHINE if Path(each).exists()}


def lent_environ() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key in _LENT}


def appliance_root() -> Debian:
    """With what a machine that becomes a hub has; kept between runs."""
    needs_root()
    name = hashlib.sha256(" ".join(_APPLIANCE).encode()).hexdigest()[:12]
    root = cache_folder() / f"appliance-root-{name}"
    root.parent.mkdir(parents=True, exist_ok=True)
    with alone(root.with_suffix(".lock")):
        if not (root / "complete").exists():
            new_debian(root, _APPLIANCE, {})
            (root / "complete").touch()
    return Debian(root)


def new_debian(root: Path, packages: Sequence[str], environment: Mapping[str, str]) -> Debian:
    """Made anew; half a minute."""
    shutil.rmtree(root, ignore_errors=True)
    include = f"--include={','.join(['ca-certificates', *packages])}"
    stale = subprocess.run(
        ["apt-config", "dump", "Acquire::Check-Valid-Until"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    options = [f"--aptopt={stale}"] if stale else []  # the machine's own idea of an old mirror
    base = ["mmdebstrap", "--quiet", "--variant=minbase", include, *options]
    subprocess.run([*base, "trixie", str(root), _mirror()], check=True)
    return Debian(root, environment)


def _mirror() -> str:
    sources = [*Path("/etc/apt/sources.list.d").glob("*.sources"), Path("/etc/apt/sources.list")]
    texts = [file.read_text() for file in sources if file.is_file()]
    found = re.search(_MIRROR, "\n".join(texts), re.MULTILINE)
    assert found, "no Debian mirror is named in /etc/apt"
    return found[1] or found[2]
