"""Sentences that are about the home but ask the hub for nothing: offers, plans, complaints.

"Should I turn off the oven?" is for somebody else in the room. Pure; English.
"""

from intents.phrasing.spans import Clause

_STARTS = tuple(
    tuple(each.split())
    for each in (
        "should i",
        "should we",
        "shall i",
        "shall we",
        "i will",
        "i should",
        "we should",
        "we will",
        "i am going to",
        "who",
        "why",
        "when did",
        "did",
        "have you",
        "have i",
        "has",
        "had",
        "do you",
        "would you like",
        "would he",
        "are",
        "is",
        "was",
        "were",
        "what does",
        "what did",
        "where",
        "does",
    )
)
_POLITE = frozenset({"please", "hey", "okay", "oh", "so", "and", "well", "um", "uh", "umm", "er"})
_OTHERS = frozenset({"you", "your", "he", "she", "his", "her", "they", "their", "outside"})
_HERE = frozenset({"it", "i", "we", "this", "here", "is", "am", "too", "so", "feel", "in"})
_NOT_HERE = frozenset({"have", "had", "was", "were", "got"})


def is_talk(clause: Clause) -> bool:
    """A question or a plan: it may be answered, but nothing is done for it."""
    tokens = clause.tokens
    at = next((i for i, word in enumerate(tokens) if word not in _POLITE), 0)
    return any(tokens[at : at + len(start)] == start for start in _STARTS)


def is_complaint(clause: Clause) -> bool:
    """How it is here and now, said by one who is here: "it's too dark", not "I have a cold"."""
    said = set(clause.tokens)
    one_word = any(s.end - s.start == 1 for s in clause.having("too"))
    if is_talk(clause) or said & _OTHERS:
        return False
    return not one_word or (bool(said & _HERE) and not said & _NOT_HERE)
