"""Numbers as they are said: "seven", "twenty one point five", "50". Pure; English."""

_SMALL = {
    word: value
    for value, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        ).split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty thirty forty fifty sixty seventy eighty ninety").split(), 2
    )
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        ).split(),
        1,
    )
} | {"twentieth": 20, "thirtieth": 30}
_HUNDRED = 100


def number(tokens: tuple[str, ...], at: int) -> tuple[float, int] | None:
    """The number that begins at this word, and where it ends; the longest there is."""
    if at >= len(tokens):
        return None
    if tokens[at].replace(".", "", 1).isdecimal():
        half = tokens[at + 1 : at + 4] == ("and", "a", "half")
        return (float(tokens[at]) + 0.5, at + 4) if half else (float(tokens[at]), at + 1)
    found = _whole(tokens, at)
    if found is None:
        return None
    value, end = found
    if end + 1 < len(tokens) and tokens[end] == "point" and tokens[end + 1] in _SMALL:
        return value + _SMALL[tokens[end + 1]] / 10, end + 2
    if tokens[end : end + 3] == ("and", "a", "half"):
        return value + 0.5, end + 3
    return float(value), end


def ordinal(tokens: tuple[str, ...], at: int) -> tuple[int, int] | None:
    """As "22nd", "twenty second", "fifth"."""
    if at >= len(tokens):
        return None
    first = tokens[at]
    if first in _ORDINALS:
        return _ORDINALS[first], at + 1
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if first in _TENS and following in _ORDINALS and _ORDINALS[following] < 10:  # noqa: PLR2004 digits
        return _TENS[first] + _ORDINALS[following], at + 2
    if first.isdecimal() and following in ("st", "nd", "rd", "th"):
        return int(first), at + 2
    return None


def _whole(tokens: tuple[str, ...], at: int) -> tuple[int, int] | None:
    found = _below_hundred(tokens, at)
    value, end = found or (1, at)
    if found is None and tokens[at] != "a":
        return (_HUNDRED, at + 1) if tokens[at] == "hundred" else None
    after = at + 1 if found is None else end
    if after < len(tokens) and tokens[after] == "hundred":
        rest = after + 2 if tokens[after + 1 : after + 2] == ("and",) else after + 1
        more = _below_hundred(tokens, rest)
        return (value * _HUNDRED + more[0], more[1]) if more else (value * _HUNDRED, after + 1)
    return found


def _below_hundred(tokens: tuple[str, ...], at: int) -> tuple[int, int] | None:
    word = tokens[at] if at < len(tokens) else ""
    if word in _SMALL:
        return _SMALL[word], at + 1
    if word not in _TENS:
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if 0 < _SMALL.get(following, 0) < 10:  # noqa: PLR2004 a digit
        return _TENS[word] + _SMALL[following], at + 2
    return _TENS[word], at + 1
