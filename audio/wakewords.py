"""Takes a wake word off the beginning of a transcript. Pure."""

import re
from difflib import SequenceMatcher

_ALIKE = 0.7
"""How alike (difflib ratio, 0..1) a misheard wake word must be: "jarvus" is .83, "service" .46."""
_GREETING = 4
"""Letters in the longest greeting: hey, hi, okay."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def strip(text: str, word: str) -> str:
    """`text` without a leading `word` ("hey_jarvis") or what the ring kept of it ("Jarvis,").

    Command words are never taken: only words that sound the whole of the wake word's last word,
    with the greeting before it or without, and a greeting alone only when a comma follows.
    """
    *greeting, name = word.casefold().split("_")
    heard = list(_WORD.finditer(text))
    end = _end_of(heard, greeting, name)
    rest = text[end:].lstrip(" ,.!?;:-…")
    return rest if end else text


def _end_of(heard: list[re.Match[str]], greeting: list[str], name: str) -> int:
    """Where in the text the wake word ends; 0 when it does not begin with one."""
    said = [match.group().casefold() for match in heard]
    for skipped in range(len(greeting), -1, -1):
        before, rest = said[:skipped], heard[skipped:]
        greeted = len(before) == skipped and all(len(word) <= _GREETING for word in before)
        if greeted and rest and _alike(rest[0].group().casefold(), name):
            return rest[0].end()
    return 0


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE
