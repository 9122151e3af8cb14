"""How much, which colour, how warm: the values in a clause. Pure; English."""

from intents.phrasing.spans import Clause, Span
from intents.wishes import Slot

_LEVELS = {
    "most": 100,
    "least": 1,
    "half": 50,
    "quarter": 25,
    "quarters": 75,
    "low": 20,
    "medium": 50,
    "high": 80,
}
MOODS: dict[str, dict[str, Slot]] = {
    "cosy": {"brightness": 40, "temperature": 2200},
    "romantic": {"brightness": 25, "temperature": 2200},
    "relaxing": {"brightness": 40, "temperature": 2700},
    "reading": {"brightness": 90, "temperature": 4000},
    "working": {"brightness": 100, "temperature": 5000},
    "movie": {"brightness": 15, "temperature": 2700},
    "night": {"brightness": 5, "temperature": 2200},
    "party": {"color": "random"},
    "any": {"color": "random"},
}
"""What a room looks like in a mood, where no scene of the home is called so."""
_STEPWISE = frozenset({"by", "another", "up", "down"})
_COMPARED = frozenset(
    {
        "more",
        "less",
        "brighter",
        "warmer",
        "cooler",
        "lower",
        "higher",
        "darker",
        "dimmer",
        "louder",
    }
    | {"quieter", "faster", "slower"}
)
_TOWARDS = frozenset({"to", "at", "is"})
_STEP = 20
_LITTLE, _MUCH = 10, 40
_WHOLE = 100


def light(clause: Clause) -> dict[str, Slot]:
    """The slots of HassLightSet that were said; of two colours ("from blue to white") the last."""
    found: dict[str, Slot] = {}
    if (level := absolute(clause)) is not None:
        found["brightness"] = level
    if kelvin := next(
        (n for n in clause.having("number") if n.meanings.get("unit") == "kelvin"), None
    ):
        found["temperature"] = round(_amount(kelvin))
    for span in clause.spans:
        if span.has("color"):
            found["color"] = span.meanings["color"]
        elif span.has("white"):
            found["temperature"] = int(span.meanings["white"])
    if "temperature" in found:
        found.pop("color", None)
    return found


def absolute(clause: Clause) -> int | None:
    """Per cent: "to 30", "half", "max"; None where only a step or nothing was said."""
    for span in clause.having("number"):
        if span.meanings.get("unit") in (None, "%") and not _is_step(clause, span):
            value = _amount(span)
            return round(value) if 0 <= value <= _WHOLE else None
    amount = clause.first("amount")
    if amount in _LEVELS and not clause.said("by", "half"):
        return _LEVELS[amount]
    return None


def degrees(clause: Clause) -> float | None:
    """A temperature to set."""
    for span in clause.having("number"):
        if span.meanings.get("unit") in (None, "degree") and not _is_step(clause, span):
            return _amount(span)
    return None


def step(clause: Clause, usual: int = _STEP) -> int:
    """By how much: "by 10 percent", "a bit", "a lot"."""
    for span in clause.having("number"):
        if _is_step(clause, span):
            return min(_WHOLE, round(_amount(span)))
    match clause.first("amount"):
        case "little":
            return max(1, usual // 2)
        case "much":
            return usual * 2
        case "half":
            return 50
        case _:
            return usual


def _is_step(clause: Clause, span: Span) -> bool:
    """As "by 10 percent", "two degrees more", "turn the heating down two degrees"."""
    before = clause.tokens[span.start - 1] if span.start else ""
    after = clause.tokens[span.end] if span.end < len(clause.tokens) else ""
    if before in _STEPWISE or after in _COMPARED:
        return True
    moved = clause.first("part") in ("up", "down") or clause.first("act") in ("more", "less")
    return moved and before not in _TOWARDS and "unit" in span.meanings


def _amount(span: Span) -> float:
    assert isinstance(span.amount, float)
    return span.amount
