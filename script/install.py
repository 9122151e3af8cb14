"""Set up what runs Inglenook: system packages, .venv from the locks with hashes, the models.

Called by script/setup with any Python from 3.11 on; standard library only. Safe to stop.
"""

import hashlib
import os
import re
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from system_packages import PackageMissing, provide, quietly, say

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "inglenook-setup"
UNFINISHED = VENV / "inglenook-unfinished"
BESIDE = ROOT.parent / "shared" / "models"
"""Where model files lie on a machine for development."""
LOCKS = ROOT / "script" / "requirements"


class SetupFailed(Exception):
    """Says what failed and what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one word given to script/setup brings, besides `run`."""

    locks: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    if_reached: tuple[str, ...] = ()
    """Models from a place that not every network lets through."""


PARTS = {
    "run": Part(("bootstrap", "run"), ("default",), ("libportaudio2",), ("eyes",)),
    "vosk": Part(("vosk",), ("vosk",)),
    "piper": Part(("piper",), ("piper",)),
    "moonshine": Part((), ("moonshine",)),
    "microwakeword": Part(("microwakeword",), ("microwakeword",)),
    "check": Part(("test", "check", "bench")),
    "bench": Part(("test", "bench"), ("base",)),
    "test": Part(
        ("test", "vosk", "piper", "microwakeword"),
        (
            *("alexa", "mycroft", "marvin", "base", "piper", "microwakeword", "moonshine"),
            *("faces", "test"),
        ),
        (
            *("mosquitto", "pulseaudio", "pulseaudio-utils", "libasound2-plugins"),
            *("iproute2", "tcpdump", "util-linux", "apparmor", "mmdebstrap", "systemd", "chromium"),
            *("gir1.2-gst-rtsp-server-1.0", "python3-gi", "gstreamer1.0-plugins-good"),
        ),
    ),
}


def main(words: Sequence[str]) -> int:
    unknown = set(words) - set(PARTS)
    if unknown:
        say(f"script/setup takes {', '.join(PARTS)}; not {', '.join(sorted(unknown))}.")
        return 2
    wanted = [name for name in PARTS if name == "run" or name in words]
    lacking = [name for name in wanted if not stamped(name)]
    if not lacking:
        return 0
    started = time.monotonic()
    try:
        set_up([PARTS[name] for name in lacking])
    except (SetupFailed, PackageMissing) as failure:
        say(f"\nSetup failed: {failure}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. script/setup takes it up again.")
        return 130
    for name in lacking:
        stamp(name)
    say(f"Set up in {time.monotonic() - started:.0f} s.")
    return 0


def set_up(parts: Sequence[Part]) -> None:
    say("Setting up Inglenook")
    provide([package for part in parts for package in part.packages], has_venv=PYTHON.exists())
    make_venv()
    for lock in dict.fromkeys(lock for part in parts for lock in part.locks):
        install(lock)
    # Built here, by the pinned and hashed backend that the lock `bootstrap` brought.
    pip(
        "Inglenook itself",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--editable",
        str(ROOT),
    )
    UNFINISHED.unlink()
    models(list(dict.fromkeys(group for part in parts for group in part.models)))
    for group in dict.fromkeys(group for part in parts for group in part.if_reached):
        try:
            models([group], quiet=True)
        except SetupFailed:
            say(f"  {group}: not reached now; later: inglenook models pull {group}")


def stamped(name: str) -> bool:
    path = STAMPS / name
    return PYTHON.exists() and path.exists() and path.read_text() == fingerprint(name)


def stamp(name: str) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(fingerprint(name))


def fingerprint(name: str) -> str:
    """Changes when anything that this part was set up from does."""
    files = [ROOT / "pyproject.toml", ROOT / "hub/shelf/manifest.json", Path(__file__)]
    files += [LOCKS / f"{lock}.txt" for lock in PARTS[name].locks]
    digest = hashlib.sha256(str(ROOT).encode())
    for variable in ("INGLENOOK_MODELS", "XDG_CACHE_HOME", "HOME", "CI"):
        digest.update(f"{variable}={os.environ.get(variable)}\0".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def make_venv() -> None:
    """Keep one that runs and was finished; else make it anew."""
    runs = PYTHON.exists() and quietly([str(PYTHON), "-c", "pass"])
    if not runs or UNFINISHED.exists():
        say(f"  Python {sys.version.split()[0]} for .venv")
        venv.create(VENV, clear=True, symlinks=True, prompt="inglenook")
    UNFINISHED.touch()
    has_pip = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pip') is None)"
    if not quietly([str(PYTHON), "-c", has_pip]):
        quietly([str(PYTHON), "-m", "ensurepip"])


def install(lock: str) -> None:
    file = LOCKS / f"{lock}.txt"
    count = len(re.findall(r"^[a-z0-9].*==", file.read_text(), re.MULTILINE))
    # The one package without a wheel (srt, for vosk) is built by the pinned setuptools.
    binary = ("--only-binary", ":all:", "--no-binary", "srt", "--no-build-isolation")
    pip(f"{count} packages to {lock}", "--require-hashes", *binary, "--requirement", str(file))


def pip(label: str, *arguments: str) -> None:
    """Run pip install, showing one line that counts; raises SetupFailed with pip's last words."""
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    log = VENV / "inglenook-pip.log"
    seen = 0
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [*command, *arguments], stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.match(r"Collecting ([^=\s]+)|(Installing) collected", line):
                seen += found[1] is not None
                progress(f"  {label}: {seen}, {found[1] or 'putting them in place'}")
    progress("")
    if process.returncode:
        last = "\n  ".join(log.read_text(errors="replace").strip().splitlines()[-3:])
        raise SetupFailed(
            f"pip could not install {label}:\n  {last}\n"
            "Is this machine online? script/setup takes it up again."
        )
    say(f"  {label}")


def models(groups: Sequence[str], *, quiet: bool = False) -> None:
    if groups:
        command = [str(VENV / "bin" / "inglenook"), "models", "pull", *groups]
        beside = {"INGLENOOK_MODELS_FROM": str(BESIDE)} if BESIDE.is_dir() else {}
        environment = {**beside, **os.environ}
        nowhere = subprocess.DEVNULL
        complaints = nowhere if quiet else None
        done = subprocess.run(
            command, stdout=nowhere, stderr=complaints, env=environment, check=False
        )
        if done.returncode:
            raise SetupFailed("the models are not complete (the reason is above).")


def progress(text: str) -> None:
    """One line of a terminal, written over by the next."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text[:78]}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
