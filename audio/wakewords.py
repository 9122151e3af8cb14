"""Takes a wake word off the beginning of a transcript. Pure."""

import re
from difflib import SequenceMatcher

_ALIKE = 0.7
"""How alike (difflib ratio, 0..1) a misheard wake word must be: "jarvus" is .83, "service" .46."""
_GREETINGS = {"hey", "hi", "hay", "he", "ay", "eh", "a", "okay", "ok", "hello"}
"""What is heard for the "hey" or "okay" of a wake word."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def strip(text: str, word: str) -> str:
    """`text` without a leading `word` ("hey_jarvis"), heard whole or by its name alone.

    Command words are never taken: only the wake word's name, and a greeting before it.
    """
    name = word.casefold().split("_")[-1]
    heard = list(_WORD.finditer(text))
    greeted = heard and heard[0].group().casefold() in _GREETINGS and "_" in word
    called = heard[1:2] if greeted else heard[:1]
    if not called or not _alike(called[0].group().casefold(), name):
        return text
    return text[called[0].end() :].lstrip(" ,.!?;:-…")


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE
