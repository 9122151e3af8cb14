"""What each setting is for, in the language of the hub; in English it stands beside the setting."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

Abouts = Mapping[str, str]
"""By key, with * for a name that the owner chose."""
_NAMED = {"cameras": 1, "zones": 3, "looks": 3, "lines": 3}
"""Where a name follows such a key."""


def abouts(language: str) -> Abouts:
    """None for a language in which they are not written: then they are English."""
    file = Path(__file__).with_name(f"about.{language[:2]}.json")
    return msgspec.json.decode(file.read_bytes(), type=dict[str, str]) if file.is_file() else {}


def about(key: str, english: str, found: Abouts) -> str:
    return found.get(_pattern(key), english)


def _pattern(key: str) -> str:
    parts = key.split(".")
    for at in range(1, len(parts)):
        if _NAMED.get(parts[at - 1]) == at and parts[0] == "cameras":
            parts[at] = "*"
    return ".".join(parts)
