"""YAML text with some of its values changed, and every other character as its owner wrote it. Pure.

What comes out is read again and compared with what was wanted: where that is not so (anchors, odd
forms), nothing is changed.
"""

from collections.abc import Mapping

import yaml

from hub.changing.items import with_items
from hub.changing.places import end_of
from hub.changing.written import block, flow, key_of

Place = tuple[str, ...]
"""Keys from the top of the file down to one."""


class Gone:
    """In place of a value: the key is taken out."""


GONE = Gone()


class CannotChange(Exception):
    """The file is written in a way that is changed by hand only."""


def changed(text: str, changes: Mapping[Place, object]) -> str:
    """Raises CannotChange, and yaml.YAMLError for a text that is none."""
    wanted = yaml.safe_load(text) or {}
    for place, value in changes.items():
        wanted = _applied(wanted, place, value)
        try:
            text = _change(text, place, value)
        except (yaml.YAMLError, _OddForm) as error:
            raise CannotChange(".".join(place)) from error
    try:
        found = yaml.safe_load(text) or {}
    except (yaml.YAMLError, ValueError) as error:
        raise CannotChange(", ".join(".".join(place) for place in changes)) from error
    if found != wanted:
        raise CannotChange(", ".join(".".join(place) for place in changes))
    return text


class _OddForm(Exception):
    pass


def _applied(values: object, place: Place, value: object) -> object:
    """`values` with one of them changed, as reading the new text must give it."""
    first, *rest = place
    joined = dict(values) if isinstance(values, Mapping) else {}
    if rest and not (isinstance(value, Gone) and first not in joined):
        joined[first] = _applied(joined.get(first), tuple(rest), value)
    elif isinstance(value, Gone):
        joined.pop(first, None)
    else:
        joined[first] = value
    return joined


def _change(text: str, place: Place, value: object) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return text if isinstance(value, Gone) else _after_line(text, len(text), place, value, 0)
    if not isinstance(root, yaml.MappingNode):
        raise _OddForm
    parents = [root]
    for depth, key in enumerate(place[:-1]):
        found = _entry(parents[-1], key)
        match found:
            case None if isinstance(value, Gone):
                return text
            case None:
                return _add(text, parents[-1], place[depth:], value)
            case _, yaml.MappingNode() as inner:
                parents.append(inner)
            case name, yaml.ScalarNode(value="") as empty if not isinstance(value, Gone):
                column = name.start_mark.column + 2
                return _after_line(text, empty.end_mark.index, place[depth + 1 :], value, column)
            case _:
                raise _OddForm
    entry = _entry(parents[-1], place[-1])
    if isinstance(value, Gone):
        return text if entry is None else _remove(text, parents, place)
    if entry is None:
        return _add(text, parents[-1], place[-1:], value)
    return _set(text, entry, value)


Entry = tuple[yaml.ScalarNode, yaml.Node]


def _entry(parent: yaml.MappingNode, key: str) -> Entry | None:
    found = ((name, each) for name, each in parent.value if name.value == key)
    return next(found, None)


def _set(text: str, entry: Entry, value: object) -> str:
    name, old = entry
    begin, end = old.start_mark.index, end_of(text, old)
    if isinstance(old, yaml.CollectionNode) and not old.flow_style:
        if isinstance(old, yaml.SequenceNode) and isinstance(value, list) and value:
            found = with_items(text, old, value)
            whole = text[:begin] + block(value, old.start_mark.column) + text[end:]
            return whole if found is None else found
        if isinstance(old, yaml.MappingNode) and isinstance(value, dict) and value:
            return text[:begin] + block(value, old.start_mark.column) + text[end:]
        return _behind_colon(_without_lines(text, begin, end), name, flow(value))
    # An empty value begins right behind the colon.
    space = " " if begin and text[begin - 1] == ":" else ""
    return text[:begin] + space + flow(value) + text[end:]


def _add(text: str, parent: yaml.MappingNode, place: Place, value: object) -> str:
    if not parent.flow_style:
        end = end_of(text, parent)
        return _after_line(text, end, place, value, parent.start_mark.column)
    for key in reversed(place[1:]):
        value = {key: value}
    told = f"{key_of(place[0])}: {flow(value)}"
    if parent.value:
        end = end_of(text, parent.value[-1][1])
        return f"{text[:end]}, {told}{text[end:]}"
    begin = parent.start_mark.index + 1
    return text[:begin] + told + text[begin:]


def _after_line(text: str, at: int, place: Place, value: object, column: int) -> str:
    """A key of its own line or lines, behind the line in which `at` lies."""
    for key in reversed(place[1:]):
        value = {key: value}
    end = text.find("\n", at)
    told = " " * column + block({place[0]: value}, column) + "\n"
    if end < 0:
        return text + ("" if not text or text.endswith("\n") else "\n") + told
    return text[: end + 1] + told + text[end + 1 :]


def _remove(text: str, parents: list[yaml.MappingNode], place: Place) -> str:
    parent = parents[-1]
    names = [name.value for name, _ in parent.value]
    at = names.index(place[-1])
    name, value = parent.value[at]
    begin, end = name.start_mark.index, end_of(text, value)
    if parent.flow_style:
        if at + 1 < len(names):
            end = parent.value[at + 1][0].start_mark.index
        elif at:
            begin = end_of(text, parent.value[at - 1][1])
        return text[:begin] + text[end:]
    text = _without_lines(text, begin, end)
    if len(names) > 1 or len(parents) == 1:
        return text
    # A section that has no key left must still be one.
    [(above, _)] = [each for each in parents[-2].value if each[1] is parent]
    return _behind_colon(text, above, "{}")


def _without_lines(text: str, begin: int, end: int) -> str:
    first = text.rfind("\n", 0, begin) + 1
    if text[first:begin].strip():
        raise _OddForm
    line = text.find("\n", end)
    return text[:first] + (text[line + 1 :] if line >= 0 else "")


def _behind_colon(text: str, name: yaml.Node, told: str) -> str:
    colon = text.index(":", name.end_mark.index) + 1
    return f"{text[:colon]} {told}{text[colon:]}"
