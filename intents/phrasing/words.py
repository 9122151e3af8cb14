"""A sentence as the words that carry its meaning. Pure."""

import re

_CONTRACTIONS = {
    "i'd": "i would",
    "i'm": "i am",
    "i've": "i have",
    "i'll": "i will",
    "it's": "it is",
    "that's": "that is",
    "there's": "there is",
    "what's": "what is",
    "whats": "what is",
    "where's": "where is",
    "who's": "who is",
    "how's": "how is",
    "let's": "let us",
    "lets": "let us",
    "can't": "can not",
    "cannot": "can not",
    "don't": "do not",
    "dont": "do not",
    "doesn't": "does not",
    "didn't": "did not",
    "isn't": "is not",
    "aren't": "are not",
    "won't": "will not",
    "we're": "we are",
    "they're": "they are",
    "you're": "you are",
    "o'clock": "oclock",
    "colour": "color",
    "colours": "colors",
    "grey": "gray",
    "ok": "okay",
}
_TOKEN = re.compile(r"\d+(?::\d\d)|\d+(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)?|[%°,;]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_DOTTED = re.compile(r"\b([ap])\.\s?m\b\.?")
_POSSESSIVE = re.compile(r"\s's\b|'s$")


def words(text: str) -> tuple[str, ...]:
    """Lower case, contractions in full, "50%" as two, commas kept: they part what is said."""
    plain = text.casefold().replace("\u2019", "'").replace("-", " ").replace("_", " ")
    plain = _DOTTED.sub(r"\1m", _THOUSANDS.sub("", plain))
    found: list[str] = []
    for token in _TOKEN.findall(_POSSESSIVE.sub("", plain)):
        full = _CONTRACTIONS.get(token)
        found += full.split() if full else [_POSSESSIVE.sub("", token)]
    return tuple(found)
