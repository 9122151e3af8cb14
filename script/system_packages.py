"""The few packages that only the system's own package manager can bring."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


class PackageMissing(Exception):
    """Says what to install."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_command(name: str) -> bool:
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"  # not on every user's PATH
    return shutil.which(name, path=path) is not None


def has_typelib(name: str) -> bool:
    return any(Path("/usr/lib").glob(f"*/girepository-1.0/{name}.typelib"))


PRESENT: dict[str, Callable[[], bool]] = {
    "libportaudio2": lambda: has_library("libportaudio.so.2"),
    "mosquitto": lambda: has_command("mosquitto"),
    "chromium": lambda: has_command("chromium"),
    "pulseaudio": lambda: has_command("pulseaudio"),
    "pulseaudio-utils": lambda: has_command("pactl"),
    "iproute2": lambda: has_command("ip"),
    "tcpdump": lambda: has_command("tcpdump"),
    "util-linux": lambda: has_command("unshare"),
    "apparmor": lambda: has_command("apparmor_parser"),
    "systemd": lambda: has_command("systemd-analyze"),
    "mmdebstrap": lambda: has_command("mmdebstrap"),
    "gir1.2-gst-rtsp-server-1.0": lambda: has_typelib("GstRtspServer-1.0"),
    "python3-gi": lambda: Path("/usr/lib/python3/dist-packages/gi").is_dir(),
    "gstreamer1.0-plugins-good": lambda: any(
        Path("/usr/lib").glob("*/gstreamer-1.0/libgstisomp4.so")
    ),
    "libasound2-plugins": lambda: any(Path("/usr/lib").glob("*/alsa-lib/*pcm_pulse.so")),
}


def provide(packages: Sequence[str], *, has_venv: bool) -> None:
    """Install those that are missing; raises PackageMissing where there is no going on without."""
    missing = [package for package in packages if not PRESENT[package]()]
    has_venv = has_venv or importlib.util.find_spec("ensurepip") is not None
    if not has_venv:
        missing.insert(0, f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if not missing or apt(missing):
        return
    say(f"  Not installed. To install: sudo apt-get install {' '.join(missing)}")
    if not has_venv:
        raise PackageMissing(
            "Python's venv is needed. Install it as said above, then run this again."
        )
    if os.environ.get("CI"):
        raise PackageMissing("in CI nothing may be missing.")
    say("  Going on without: what needs them will say so.")


def apt(packages: Sequence[str]) -> bool:
    """Whether apt installed them: as root, or through sudo if the person at the terminal agrees."""
    if not has_command("apt-get"):
        return False
    root = [] if os.geteuid() == 0 else ["sudo"]
    if root and not (has_command("sudo") and sys.stdin.isatty() and agreed(packages)):
        return False
    say(f"  System packages: {', '.join(packages)}")
    had_mosquitto = PRESENT["mosquitto"]()
    # --no-remove: never at the price of something that is there (PipeWire, say).
    options = ["-y", "-qq", "--no-install-recommends", "--no-remove"]
    unasked = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
    install_them = [*unasked, "apt-get", "install", *options, *packages]
    # A fresh machine has no package lists yet.
    done = quietly(install_them, errors=subprocess.DEVNULL) or (
        quietly([*root, "apt-get", "update", "-qq"]) and quietly(install_them)
    )
    if done and not had_mosquitto and "mosquitto" in packages and has_command("systemctl"):
        # The tests start their own broker; this one was not asked for.
        quietly([*root, "systemctl", "disable", "--now", "mosquitto"])
    return done


def agreed(packages: Sequence[str]) -> bool:
    answer = input(f"  Install {', '.join(packages)} with sudo apt-get? [Y/n] ")
    return answer.strip().lower() in ("", "y", "yes")


def quietly(command: Sequence[str], errors: int | None = None) -> bool:
    """Whether it exits 0; what it prints is dropped, and its complaints too if asked."""
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=errors, check=False)
    return done.returncode == 0
