"""What a home's sentences are made of, as recognisers are told that can be bound to it. Pure."""

import re
from collections.abc import Callable

from intents.sounds import speller
from intents.wordgraph import Slot, WordGraph

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


def phrases(graph: WordGraph, language: str) -> tuple[str, ...]:
    """Each word of the graph, and each value that may stand in it; numbers as they are said."""
    spell = speller(language)
    found: dict[str, None] = {}
    for label in graph.labels:
        texts = (label.values or ()) if isinstance(label, Slot) else (label,)
        found.update(dict.fromkeys(_said(text, spell) for text in texts))
    return tuple(phrase for phrase in found if phrase)


def _said(text: str, spell: Callable[[str], str]) -> str:
    tokens = (spell(each) if each[0].isdigit() else each for each in _TOKEN.findall(text))
    return " ".join(_WORD.findall(" ".join(tokens).casefold()))
