"""YAML files of ours: read safely, and refused with file, line and what is allowed."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import TypeVar

import msgspec
import yaml

_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # ten times as fast, where libyaml was there when PyYAML was built
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]*)`")
_WHERE = re.compile(r" - at `(?P<path>\$[^`]*)`$")

_T = TypeVar("_T")


class DocumentError(ValueError):
    """A file or an object is not what it should be. The message says where and what is allowed."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds, and where."""

    file: str
    value: object = field(repr=False)
    root: yaml.Node | None = field(repr=False)

    def at(self, path: str, problem: str) -> DocumentError:
        """An error with its line; `path` as msgspec writes it: $.entities[3].area."""
        node = _find(self.root, path)
        line = node.start_mark.line + 1 if node else 1
        return DocumentError(f"{self.file}, line {line}, {_plain(path)}: {problem}")

    def convert(self, kind: type[_T]) -> _T:
        """The value as `kind`. Raises DocumentError."""
        try:
            return msgspec.convert(self.value, kind)
        except msgspec.ValidationError as error:
            path, problem = explain(error, kind)
            raise self.at(path, problem) from error


def read(path: Path) -> Document:
    """Raises DocumentError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path} cannot be read: {error}.") from error
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        return Document(str(path), loader.construct_document(root) if root else None, root)
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # Beyond YAML's own: an odd date, a list as a key, a loop of anchors.
        raise DocumentError(f"{path} is not plain YAML: {error}") from error
    finally:
        loader.dispose()


def explain(error: msgspec.ValidationError, kind: type) -> tuple[str, str]:
    """Where in the object (msgspec's path), and what is wrong, with what is allowed there."""
    message = str(error)
    found = _WHERE.search(message)
    path = found["path"] if found else "$"
    problem = message[: found.start()] if found else message
    if unknown := _UNKNOWN.search(problem):
        allowed = ", ".join(_allowed(kind, path))
        return f"{path}.{unknown['key']}", f"this key is not known; allowed: {allowed}"
    return path, problem


def _allowed(kind: object, path: str) -> tuple[str, ...]:
    """The fields of the struct at `path`; `...` in a path stands for any key."""
    for key, index in _STEP.findall(path.replace("[...]", "[0]")):
        if key and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            kind = {each.encode_name: each.type for each in msgspec.structs.fields(kind)}[key]
        kind = _inside(kind) if index else kind
    return tuple(each.encode_name for each in _fields(kind))


def _inside(kind: object) -> object:
    """What a list or mapping holds."""
    arguments = getattr(kind, "__args__", ())
    if isinstance(kind, UnionType):
        return next((_inside(each) for each in arguments if hasattr(each, "__args__")), kind)
    return next((each for each in reversed(arguments) if each is not Ellipsis), kind)


def _fields(kind: object) -> tuple[msgspec.structs.FieldInfo, ...]:
    candidates = kind.__args__ if isinstance(kind, UnionType) else (kind,)
    for each in candidates:
        if isinstance(each, type) and issubclass(each, msgspec.Struct):
            return msgspec.structs.fields(each)
    return ()


def _find(node: yaml.Node | None, path: str) -> yaml.Node | None:
    """The deepest node on the way to `path`."""
    for key, index in _STEP.findall(path):
        match node:
            case yaml.MappingNode(value=pairs) if key:
                inner = next((value for name, value in pairs if name.value == key), None)
            case yaml.SequenceNode(value=items) if index and int(index) < len(items):
                inner = items[int(index)]
            case _:
                inner = None
        if inner is None:
            return node
        node = inner
    return node


def _plain(path: str) -> str:
    return path.removeprefix("$").removeprefix(".") or "top level"
