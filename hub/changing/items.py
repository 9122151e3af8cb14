"""A list in lines of which some items are changed: the others keep their comments. Pure."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import yaml

from hub.changing.places import end_of
from hub.changing.written import flow


def with_items(text: str, old: yaml.SequenceNode, items: Sequence[object]) -> str | None:
    """None where they do not stand in lines of their own."""
    before = [yaml.SafeLoader("").construct_document(node) for node in old.value]
    steps = SequenceMatcher(None, [*map(repr, before)], [*map(repr, items)], autojunk=False)
    # From the last to the first: what stands above keeps its place.
    for _, first, last, begin, end in reversed(steps.get_opcodes()):
        both = min(last - first, end - begin)
        more, fewer = items[begin + both : end], old.value[first + both : last]
        if more:
            if not first + both:
                return None
            text = _added(text, old.value[first + both - 1], old.start_mark.column, more)
        for node in reversed(fewer):
            shorter = _without(text, node)
            if shorter is None:
                return None
            text = shorter
        for at in reversed(range(both)):
            node = old.value[first + at]
            if before[first + at] != items[begin + at]:
                place = node.start_mark.index
                text = text[:place] + flow(items[begin + at]) + text[end_of(text, node) :]
    return text


def _added(text: str, above: yaml.Node, column: int, items: Sequence[object]) -> str:
    line = text.find("\n", end_of(text, above))
    told = "".join(f"{' ' * column}- {flow(each)}\n" for each in items)
    if line < 0:
        return f"{text}\n{told}"
    return text[: line + 1] + told + text[line + 1 :]


def _without(text: str, node: yaml.Node) -> str | None:
    begin = text.rfind("\n", 0, node.start_mark.index) + 1
    if text[begin : node.start_mark.index].strip() != "-":
        return None
    line = text.find("\n", end_of(text, node))
    return text[:begin] + (text[line + 1 :] if line >= 0 else "")
