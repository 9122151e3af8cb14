"""Reads the settings file; a mistake is told with file, line, key, what is there, what may be."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hub.config import Config

Place = tuple[int | str, ...]
Lines = dict[Place, int]
Schema = dict[str, Any]  # a JSON schema, as pydantic makes it
_SYSTEM = Path("/etc/inglenook/inglenook.yaml")


@dataclass(frozen=True, slots=True)
class Mistake:
    file: Path
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: "
        return where + (f"{self.key}: {self.message}" if self.key else self.message)


class ConfigError(Exception):
    """The settings cannot be used; `mistakes` says why, one each."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("\n".join(str(m) for m in mistakes))
        self.mistakes = mistakes


def find(named: Path | None) -> Path | None:
    """The file asked for, else ./inglenook.yaml, else the system's, else none."""
    if named is not None:
        return named
    return next((p for p in (Path("inglenook.yaml"), _SYSTEM) if p.is_file()), None)


def load(file: Path | None) -> Config:
    """Raises ConfigError."""
    if file is None:
        return Config()
    return judged(file, *parsed(file, text_of(file)))


def text_of(file: Path) -> str:
    """As it stands there, its line ends too. Raises ConfigError."""
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise ConfigError(Mistake(file, 0, "", f"cannot be read: {error.strerror}")) from error
    except UnicodeDecodeError as error:
        raise ConfigError(Mistake(file, 0, "", "is not UTF-8 text")) from error


def parsed(file: Path, text: str) -> tuple[object, Lines]:
    """What it says, and where each key stands; nothing is judged yet. Raises ConfigError."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        lines = _lines(file, root)
        return yaml.safe_load(text) or {}, lines
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ConfigError(Mistake(file, line, "", f"not YAML: {error.problem}")) from error
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # What YAML's own constructors make of an odd date, a list as a key, a loop of anchors.
        why = str(error).splitlines()[0]
        raise ConfigError(Mistake(file, 0, "", f"not plain YAML: {why}")) from error


def as_section(file: Path, values: object) -> Mapping[str, object]:
    """Raises ConfigError where a file is something else than keys and values."""
    if isinstance(values, Mapping):
        return values
    raise ConfigError(Mistake(file, 1, "", f"found {_shown(values)}; keys and values are expected"))


def judged(file: Path, values: object, lines: Lines) -> Config:
    """Raises ConfigError."""
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise ConfigError(*(_mistake(file, lines, e) for e in error.errors())) from error


def _lines(file: Path, root: yaml.Node | None) -> Lines:
    """Where each key stands. A key given twice is a mistake: YAML keeps the last."""
    lines: Lines = {}
    if root is not None:
        _walk(file, root, (), lines)
    return lines


def _walk(file: Path, node: yaml.Node, path: Place, lines: Lines) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, key.value)
            line = key.start_mark.line + 1
            if inner in lines:
                twice = f"stands twice, first in line {lines[inner]}"
                raise ConfigError(Mistake(file, line, _name(inner), twice))
            lines[inner] = line
            _walk(file, value, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(file, value, (*path, index), lines)


def _name(path: Place) -> str:
    return ".".join(str(part) for part in path)


def _mistake(file: Path, lines: Lines, error: ErrorDetails) -> Mistake:
    path = _in_file(error["loc"], lines)
    match error["type"]:
        case "extra_forbidden":
            message = _unknown(str(error["loc"][-1]), allowed_keys(error["loc"][:-1]))
        case "union_tag_invalid":
            message = f"found {error['ctx']['tag']!r}; allowed: {error['ctx']['expected_tags']}"
            path = (*path, "engine")
        case "missing":
            message = "must be given"
        case _ if {"password", "token", "code"} & set(error["loc"]):
            message = "a secret is named, not written here: {file: /path} or {env: NAME}"
        case "model_type" | "dict_type" | "model_attributes_type":
            message = f"found {_shown(error['input'])}; a section is expected, with keys of its own"
        case "tuple_type" | "list_type":
            message = f"found {_shown(error['input'])}; a list is expected: [one, two]"
        case _:
            message = f"found {_shown(error['input'])}; {error['msg'][0].lower()}{error['msg'][1:]}"
    line = next((lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in lines), 1)
    return Mistake(file, line, _name(path), message)


def _unknown(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    return f"unknown key; {hint}allowed: {', '.join(known)}"


def _shown(value: object) -> str:
    return "a list or section" if isinstance(value, dict | list) else repr(value)


def _in_file(loc: Place, lines: Lines) -> Place:
    """Pydantic's place less the names of union members, which stand in no file."""
    path: Place = ()
    for index, part in enumerate(loc):
        if (*path, part) in lines or index == len(loc) - 1:
            path = (*path, part)
    return path


def allowed_keys(loc: Place) -> list[str]:
    """The keys that may stand at this place of the settings, from the schema."""
    schema = Config.model_json_schema()
    nodes = [schema]
    for part in loc:
        nodes = [n for node in nodes for n in _inside(schema, node, str(part))]
    return sorted({key for node in nodes for key in node.get("properties", {})})


def _inside(schema: Schema, node: Schema, part: str) -> list[Schema]:
    if part in node.get("properties", {}):
        return _expand(schema, node["properties"][part])
    if "items" in node:
        return _expand(schema, node["items"])
    if named := node.get("patternProperties"):  # a section for each name that people choose
        return [n for each in named.values() for n in _expand(schema, each)]
    # the name of a union member: an engine
    return [node] if str(node.get("title", "")).endswith(f"_{part}") else []


def _expand(schema: Schema, node: Schema) -> list[Schema]:
    if "$ref" in node:
        return _expand(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    choices = node.get("anyOf", node.get("oneOf", node.get("allOf")))
    return [n for choice in choices for n in _expand(schema, choice)] if choices else [node]
