"""Where a value of a YAML text ends. Pure."""

import yaml


def end_of(text: str, node: yaml.Node) -> int:
    """Behind its last character; a block's own mark lies behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(text, last[1] if isinstance(node, yaml.MappingNode) else last)
    end = node.end_mark.index
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return len(text[:end].rstrip()) if is_block else end
