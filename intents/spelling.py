"""What recognisers write, brought to what sentence templates expect."""

import re

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00a0": " ", "\u202f": " "})
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # T.V. -> TV
_CHANGES = (
    (re.compile(r"(?<=\d)\s+(?=[%\u00b0])"), ""),  # 50 % -> 50%
    (re.compile(r"(?<=\d)-(?=[^\W\d])"), " "),  # 10-minute -> 10 minute
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),  # 2,700 -> 2700
    (re.compile(r"\s+"), " "),
)


def spell(text: str) -> str:
    """One sentence; hassil itself takes care of case and of punctuation at the ends of words."""
    text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text.translate(_APOSTROPHES))
    for pattern, replacement in _CHANGES:
        text = pattern.sub(replacement, text)
    return text.strip()
