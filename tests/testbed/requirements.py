"""What Home Assistant's integrations need from the package index, to be had before it runs.

Run as `python requirements.py FOLDER`, with the folder of an installed `homeassistant` package, it
prints one requirement a line. Standard library only: it also runs where nothing is installed.
"""

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

DOMAINS = frozenset(
    {
        *("api", "config", "conversation", "input_boolean", "intent", "recorder", "script"),
        *("template", "websocket_api", "mqtt", "wyoming"),
        # what MQTT discovery may bring
        *("binary_sensor", "button", "camera", "cover", "device_automation", "event", "fan"),
        *("image", "light", "lock", "notify", "number", "select", "sensor", "switch", "text"),
        *("climate", "media_player", "update", "vacuum"),
        # what mqtt and the start import without naming it as a dependency (seen in 2026.11.0)
        *("hassio", "infrared", "radio_frequency"),
    }
)
BOOT_SETS = frozenset(
    {
        *("DEFAULT_INTEGRATIONS", "CORE_INTEGRATIONS", "CRITICAL_INTEGRATIONS"),
        "FRONTEND_INTEGRATIONS",
    }
)


def requirements(package: Path) -> list[str]:
    """Of the integrations that always start, of DOMAINS, and of all that these depend on."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(DOMAINS | set(_booted(ast.parse((package / "bootstrap.py").read_text("utf-8")))))
    while waiting:
        domain = waiting.pop()
        manifest = package / "components" / domain / "manifest.json"
        if domain in seen or not manifest.exists():
            continue
        seen.add(domain)
        content = json.loads(manifest.read_text("utf-8"))
        found.update(content.get("requirements", ()))
        waiting.extend(content.get("dependencies", ()))
    return sorted(found)


def _booted(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in BOOT_SETS:
                yield from _texts(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if (
                name in BOOT_SETS
            ):
                yield from _texts(value)
            case _:
                continue


def _texts(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


if __name__ == "__main__":
    sys.stdout.write("\n".join(requirements(Path(sys.argv[1]))) + "\n")
