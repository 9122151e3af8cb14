"""How a setting may be changed on the page, from its type; and which may not be. Pure.

What says where a secret lies or where it is sent, which files are read or written, that sound is
recorded, and which button mutes, is changed in the file alone: who reaches the page is not who owns
the machine.
"""

from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Literal

import msgspec
from pydantic import BaseModel

Kind = Literal["none", "switch", "number", "choice", "text", "list"]
_BY_HAND = (
    *("mqtt.host", "mqtt.port", "mqtt.username", "mqtt.tls", "mqtt.ca_file", "home_assistant.url"),
    *(
        "cameras.*.url",
        "cameras.*.device",
        "cameras.*.username",
        "satellites.*.host",
        "satellites.*.port",
        "button.*",
        "page.ingress",
        "debug.*",
    ),
)
_ENGINES = ("wake.*", "vad.*", "asr.*", "tts.*", "detect.*")
_PLAIN: dict[str, Kind] = {"boolean": "switch", "number": "number", "integer": "number"}


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """`kind` none: by hand only. `least`, `most`: of a number; `whole`: without a fraction."""

    kind: Kind = "none"
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    whole: bool = False


def form(section: type[BaseModel], name: str, key: str) -> Form:
    """`key`: where it stands in the whole of the settings."""
    if any(fnmatchcase(key, pattern) for pattern in _BY_HAND):
        return Form()
    schema = _schema(section)
    found = _form(schema, schema["properties"][name])
    is_engine = any(fnmatchcase(key, pattern) for pattern in _ENGINES)
    # An engine's text may be the name of a file.
    return Form() if is_engine and found.kind == "text" else found


@cache
def _schema(section: type[BaseModel]) -> dict[str, Any]:
    return section.model_json_schema()


def _form(schema: dict[str, Any], node: dict[str, Any]) -> Form:
    if "$ref" in node:
        return _form(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    if "anyOf" in node:
        kinds = [each for each in node["anyOf"] if each.get("type") != "null"]
        return _form(schema, kinds[0]) if len(kinds) == 1 else Form()
    if "enum" in node:
        return Form(kind="choice", choices=tuple(map(str, node["enum"])))
    match node.get("type"):
        case "boolean" | "number" | "integer" as plain:
            least, most = node.get("minimum"), node.get("maximum")
            whole = plain == "integer"
            return Form(kind=_PLAIN[plain], least=least, most=most, whole=whole)
        case "string" if "format" not in node:
            return Form(kind="text")
        case "array" if _form(schema, node.get("items", {})).kind in ("text", "choice"):
            return Form(kind="list", choices=_form(schema, node["items"]).choices)
        case _:
            return Form()
