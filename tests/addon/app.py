"""The app's own files as the Supervisor reads them, and its rules for them.

The rules are those of Supervisor 2026.08 (apps/validate.py, apps/options.py, apps/utils.py) and of
its app linter, written down here as data: its code is not ours.
"""

import re
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "addon"
LANGUAGES = ("de", "en", "es", "fr", "it", "nl")
DEFAULTS: dict[str, object] = {
    **dict.fromkeys(
        [
            *("ingress", "ingress_stream", "host_network", "host_pid", "host_ipc", "host_uts"),
            *("host_dbus", "udev", "tmpfs", "full_access", "audio", "video", "gpio", "usb"),
            *("uart", "devicetree", "kernel_modules", "realtime", "hassio_api", "stdin"),
            *("homeassistant_api", "legacy", "docker_api", "auth_api", "journald"),
        ],
        False,
    ),
    "startup": "application",
    "boot": "auto",
    "init": True,
    "stage": "stable",
    "ingress_port": 8099,
    "panel_icon": "mdi:puzzle",
    "panel_admin": True,
    "apparmor": True,
    "hassio_role": "default",
    "backup": "hot",
    "map": [],
    "options": {},
    "schema": {},
    "timeout": 10,
}
"""Keys with what they are when they are not there: the linter wants none at its default."""
OTHER_KEYS = frozenset(
    {"name", "version", "slug", "description", "arch", "url", "homeassistant", "services"}
    | {"panel_title", "ports", "ports_description", "environment", "devices", "privileged"}
    | {"discovery", "backup_exclude", "image", "ulimits", "ingress_entry", "machine"}
    | {"breaking_versions"}
)
REFUSED = frozenset({"webui", "watchdog", "advanced", "auto_uart", "codenotary", "squash"})
ELEMENT = re.compile(
    r"(?:bool|email|url|port|device(?:\(subsystem=[a-z]+\))?"
    r"|str|password|int(?:\(-?\d*,-?\d*\))?"  # str(1,80) refuses every text: it compares it with 1
    r"|float(?:\(-?\d*\.?\d*,-?\d*\.?\d*\))?|match\(.*\)|list\(.+\))\??"
)


def config() -> dict[str, Any]:
    found = yaml.safe_load((FOLDER / "config.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def translation(language: str) -> dict[str, Any]:
    found = yaml.safe_load((FOLDER / "translations" / f"{language}.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def rating(app: dict[str, Any]) -> int:
    """1 to 8, as the Supervisor shows it."""
    if app.get("docker_api") or app.get("full_access"):
        return 1
    points = 5
    if not app.get("apparmor", True):
        points -= 1
    elif (FOLDER / "apparmor.txt").is_file():
        points += 1
    if app.get("ingress"):
        points += 2
    risky = {"BPF", "NET_ADMIN", "NET_RAW", "PERFMON", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE"}
    risky |= {"CHECKPOINT_RESTORE", "DAC_READ_SEARCH", "SYS_RAWIO"}
    points -= bool(risky & set(app.get("privileged", ()))) or bool(app.get("kernel_modules"))
    points -= {"manager": 1, "admin": 2}.get(app.get("hassio_role", "default"), 0)
    points -= 1 if app.get("host_network") else 0
    points -= 2 if app.get("host_pid") else 0
    return max(1, min(8, points))


def suits(element: object, value: object) -> bool:
    """Whether the Supervisor would take this value of an option."""
    if isinstance(element, list):
        return isinstance(value, list) and all(suits(element[0], each) for each in value)
    if isinstance(element, dict):
        if not isinstance(value, dict) or not value.keys() <= element.keys():
            return False
        needed = {key for key, each in element.items() if not str(each).endswith("?")}
        return needed <= value.keys() and all(suits(element[k], v) for k, v in value.items())
    kind = str(element).removesuffix("?")
    if kind.startswith("list("):
        return str(value) in kind[5:-1].split("|")
    if kind.startswith("match("):
        return re.match(kind[6:-1], str(value)) is not None
    if kind.startswith("float"):
        low, high = map(float, kind[6:-1].split(","))
        return isinstance(value, int | float) and low <= value <= high
    return isinstance(value, bool if kind == "bool" else str)
