"""What words mean to a home: phrases of english.yaml as a tree of words, longest match first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from intents.documents import read

Meanings = Mapping[str, str]
"""Tag -> value: "open" is an act and a state."""
_FILE = Path(__file__).with_name("english.yaml")


@dataclass
class Node:
    meanings: dict[str, str] = field(default_factory=dict)
    following: dict[str, "Node"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    root: Node

    def longest(self, tokens: tuple[str, ...], at: int) -> tuple[Meanings, int] | None:
        """What the longest phrase that begins here means, and where it ends."""
        return max(self.all(tokens, at), key=lambda found: found[1], default=None)

    def all(self, tokens: tuple[str, ...], at: int) -> Iterator[tuple[Meanings, int]]:
        node = self.root
        for end in range(at, len(tokens)):
            if (after := node.following.get(tokens[end])) is None:
                return
            node = after
            if node.meanings:
                yield node.meanings, end + 1


@cache
def english() -> Lexicon:
    """Read once from this package's own file, 30 ms."""
    tags = read(_FILE).convert(dict[str, dict[str | int, list[str]]])
    root = Node()
    for tag, values in tags.items():
        for value, phrases in values.items():
            for phrase in phrases:
                _add(root, tuple(phrase.split()), tag, str(value))
    return Lexicon(root)


def _add(root: Node, words: tuple[str, ...], tag: str, value: str) -> None:
    node = root
    for word in words:
        node = node.following.setdefault(word, Node())
    node.meanings.setdefault(tag, value)
