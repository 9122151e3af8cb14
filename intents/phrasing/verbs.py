"""What is to be done in a clause, as one word. Pure."""

from intents.phrasing.spans import Clause

_STRONG = ("unlock", "lock", "toggle", "dim", "brighten", "mute", "unmute", "clean", "dock")
_STEPS = {"more": "up", "less": "down", "warmer": "up", "cooler": "down", "faster": "up"} | {
    "slower": "down",
    "louder": "up",
    "softer": "down",
}
_PLAIN = (
    *("off", "on", "open", "close", "raise", "lower", "pause", "resume", "shuffle", "repeat"),
    *("next", "previous", "start", "stop", "play", "make", "change", "set", "clear"),
)


_NOT_PLACED = frozenset(
    {"lower", "raise", "more", "less", "open", "close", "shuffle", "repeat", "pause", "resume"}
    | {"louder", "softer", "play", "off"}
)
"""Beside these, "on" is a place ("the volume on the speakers")."""


def _halting(acts: frozenset[str], part: str | None) -> str | None:
    """What ends something comes before what it is: "stop vacuuming"."""
    for each in ("stop", "pause"):
        if each in acts:
            return each
    return "off" if part == "off" and acts & {"clean", "shuffle", "repeat"} else None


def verb(clause: Clause) -> str | None:
    """Verbs with their particles: "turn ... off", "shut ... down"; None where there is none."""
    acts = clause.values("act")
    part = clause.first("part")
    if halting := _halting(acts, part):
        return halting
    for strong in _STRONG:
        if strong in acts:
            return strong
    if clause.first("turn") == "shut":
        return "off" if part in ("off", "down") else "close"
    if part in ("off", "on") and not acts & _NOT_PLACED:
        return part
    for step, direction in _STEPS.items():
        if step in acts:
            return direction
    if part is not None and not acts & {"open", "close", "raise", "lower", "off"}:
        return part
    found = next((plain for plain in _PLAIN if plain in acts), None)
    return found or ("turn" if clause.first("turn") else part)
